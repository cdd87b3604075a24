import type { Exchange } from '../exchange.js';
import { API_KEY } from '../http/header-info.js';
import { redactedKey } from './redacted.js';

/** What logs tell of the API key that a request goes by, good or not; empty where it has none, or its method asks for none. */
export function toldKey({ route, authorizer, headers }: Exchange): string {
  if (route?.apiKeyRequired !== true) return '';
  return (
    redactedKey(route.apiKeySource === 'AUTHORIZER' ? (authorizer?.usageIdentifierKey ?? undefined) : headers.first(API_KEY)) ??
    ''
  );
}
