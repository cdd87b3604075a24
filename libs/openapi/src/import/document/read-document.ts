import { readJson } from './json-source.js';
import { invalidInput, notOpenApi } from './refusal.js';
import { placesIn, type Source } from './source.js';
import { readYaml } from './yaml-source.js';

/**
 * Reads a document as JSON when it begins like JSON, else as YAML. Its texts are such that Postgres can keep them.
 * Throws `BadRequestException` with the place of what is wrong.
 */
export function readDocument(text: string): Source {
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '') throw notOpenApi();
  const source = /^\s*[{[]/.test(content) ? readJson(content) : readYaml(content);
  const fault = unstorable(source.value);
  if (fault) throw invalidInput(placesIn(source, [fault.keys])[0]!, fault.reason);
  return source;
}

/** Characters. Names become parts of many others: of parameters, places, paths. */
export const LONGEST_NAME = 4096;

interface Fault {
  keys: string[];
  reason: string;
}

/** Half a surrogate pair, U+0000, numbers beyond those of JSON and endless names cannot be kept: the first one of them, if there is one. */
function unstorable(value: unknown): Fault | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : fault('the text holds U+0000 or half a surrogate pair');
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : fault('the number is out of range');
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = unstorable(value[index]);
      if (found) return within(String(index), found);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (!isStorable(name)) return fault('a name within it holds U+0000 or half a surrogate pair');
      if (name.length > LONGEST_NAME) return fault(`a name within it has more than ${LONGEST_NAME} characters`);
      const found = unstorable(member);
      if (found) return within(name, found);
    }
  }
  return undefined;
}

const fault = (reason: string): Fault => ({ keys: [], reason });
const within = (key: string, { keys, reason }: Fault): Fault => ({ keys: [key, ...keys], reason });

const isStorable = (text: string) => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
