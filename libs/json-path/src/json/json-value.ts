import type { JavaNumber } from './number.js';

/**
 * A JSON value as Java's readers give it: objects are Maps in the order of their members (so that no member's name can reach a prototype), arrays are arrays,
 * numbers keep the type that Java would give them.
 */
export type JsonValue = null | boolean | string | JavaNumber | JsonValue[] | JsonObject;
export type JsonObject = Map<string, JsonValue>;
