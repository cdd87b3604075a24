import type { JsonValue } from '@gatehouse/json-path';
import type { TemplateOverrides } from './overrides.js';

/** Names and their texts. A Map is one. */
export interface NamedTexts {
  get(name: string): string | undefined;
  entries(): Iterable<readonly [name: string, value: string]>;
}

/** Where `$context` has its values from. Names are without `$context.`: `identity.sourceIp`. */
export interface ContextSource {
  /** Undefined where a request has none, which prints as an empty text. */
  value(name: string): JsonValue | undefined;
  /** All members of a group (`identity`, `authorizer`, `authorizer.claims`; the empty text is all of `$context`) that have a value, for templates that list them. */
  members(group: string): Iterable<readonly [name: string, value: JsonValue]>;
}

/** What a template sees. It is asked for what the template mentions, and nothing is copied before. */
export interface TemplateBindings {
  /** Text of the request's or response's body; empty for none. */
  body: string;
  params: { path: NamedTexts; querystring: NamedTexts; header: NamedTexts };
  context: ContextSource;
  stageVariables: NamedTexts;
  /** One for a request and its response: what the request's template overrides, the response's sees. */
  overrides: TemplateOverrides;
}
