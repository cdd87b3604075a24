import { setEntry } from '../../patch/patch-values.js';

/** Headers as test invocations give them: those that have several values stand in the second map, which counts before the first. */
export interface GivenHeaders {
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
}

export function headerPairs({ headers = {}, multiValueHeaders = {} }: GivenHeaders): [name: string, value: string][] {
  const multiple = Object.entries(multiValueHeaders).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const named = new Set(multiple.map(([name]) => name.toLowerCase()));
  return [...Object.entries(headers).filter(([name]) => !named.has(name.toLowerCase())), ...multiple];
}

/** Both maps of the headers of an answer; of several values the last one stands in the first. Names that differ by case only are one. */
export function headerMaps(pairs: readonly (readonly [name: string, value: string])[]): Required<GivenHeaders> {
  const spellings = new Map<string, string>();
  const maps: Required<GivenHeaders> = { headers: {}, multiValueHeaders: {} };
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const lower = name.toLowerCase();
    const spelling = spellings.get(lower) ?? name;
    spellings.set(lower, spelling);
    const all = values.get(lower) ?? [];
    all.push(value);
    values.set(lower, all);
    setEntry(maps.headers, spelling, value);
    setEntry(maps.multiValueHeaders, spelling, all);
  }
  return maps;
}
