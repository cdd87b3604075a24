import { readJson } from './json-source.js';
import { keysOf, pointerOf, within, type Place } from './place.js';
import { invalidInput, notOpenApi } from './refusal.js';
import type { Source } from './source.js';
import { readYaml } from './yaml-source.js';

/**
 * Reads a document as JSON when it begins like JSON, else as YAML. Its texts are such that Postgres can keep them.
 * Throws `BadRequestException` with the place of what is wrong.
 */
export function readDocument(text: string): Source {
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '') throw notOpenApi();
  const source = /^\s*[{[]/.test(content) ? readJson(content) : readYaml(content);
  refuseUnstorable(source.value, undefined, source);
  return source;
}

/** Half a surrogate pair, U+0000 and numbers beyond those of JSON cannot be kept. */
function refuseUnstorable(value: unknown, place: Place | undefined, source: Source): void {
  const refuse = (reason: string) => invalidInput(pointerOf(place), source.lineOf(keysOf(place)), reason);
  if (typeof value === 'string' && !isStorable(value)) throw refuse('the text holds U+0000 or half a surrogate pair');
  if (typeof value === 'number' && !Number.isFinite(value)) throw refuse('the number is out of range');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!isStorable(name)) throw refuse('a name within it holds U+0000 or half a surrogate pair');
    refuseUnstorable(member, within(place, name), source);
  }
}

const isStorable = (text: string) => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
