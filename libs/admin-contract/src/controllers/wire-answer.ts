import type { Type } from '@nestjs/common';
import { membersOf } from '../validation/member.js';

/** What an operation gave back, as parts of an HTTP answer. */
export interface WireAnswer {
  /** Undefined where the operation has one for all its successes. */
  status: number | undefined;
  headers: ReadonlyMap<string, string>;
  /** The bytes of the payload where the answer has such a member, else the structure that becomes JSON. */
  body: unknown;
}

/** Takes an answer apart as its generated class `output` says: its status, members that are headers, and the payload or what is left as JSON. */
export function wireAnswer(answer: unknown, output: Type<object> | undefined): WireAnswer {
  let status: number | undefined;
  const headers = new Map<string, string>();
  const members = output ? [...membersOf(output)] : [];
  if (typeof answer !== 'object' || answer === null || members.every(([, { in: place }]) => place === undefined)) {
    return { status, headers, body: answer };
  }
  const values = new Map<string, unknown>(Object.entries(answer));
  for (const [property, { in: place, wire }] of members) {
    const value = values.get(property);
    if (place !== 'header' && place !== 'status') continue;
    if (place === 'status') status = value === undefined ? undefined : Number(value);
    else if (value !== undefined) headers.set(wire ?? property, String(value));
    values.delete(property);
  }
  const payload = members.find(([, { in: place }]) => place === 'payload');
  return { status, headers, body: payload ? values.get(payload[0]) : Object.fromEntries(values) };
}
