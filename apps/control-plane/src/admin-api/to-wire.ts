import type { ServiceName } from '@gatehouse/admin-contract';
import { Readable } from 'node:stream';

/**
 * Dates as the service writes them: seconds since the epoch in v1, `2026-03-01T10:00:00Z` in v2; both drop fractions, as AWS does. Members
 * without value stay undefined and so never reach the JSON. Tenants' keys (`__proto__`) stay keys, bytes and streams what they are.
 */
export function toWire(value: unknown, service: ServiceName): unknown {
  if (value instanceof Date)
    return service === 'apigateway' ? Math.floor(value.getTime() / 1000) : value.toISOString().replace(/\.\d+/, '');
  if (Array.isArray(value)) return value.map((element) => toWire(element, service));
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value) || value instanceof Readable) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toWire(member, service)]));
}
