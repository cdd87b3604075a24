import { describe, expect, it } from 'vitest';
import { compileJsonPath, JsonPathEvaluationError } from '../index.js';
import { parseJson } from '../json/parse-json.js';

const numbers = Array.from({ length: 20_000 }, (_, n) => n);
const document = parseJson(JSON.stringify({ big: numbers, items: numbers.map((n) => ({ a: -n - 1, list: [n] })), text: 'a' }));

describe('security class: templates: the work of a path is bounded', () => {
  it.each([
    '$.items[?(@.a in $.big)]',
    '$.items[?(@.a nin $.big)]',
    '$.items[?(@.list subsetof $.big)]',
    '$.items[?(@.list anyof $.big)]',
    '$.items[?(@.list noneof $.big)]',
    '$.items[?($.big contains @.a)]',
    '$.items[?($.big.sum() > @.a)]',
  ])('%s looks at too many values', (path) => {
    expect(() => compileJsonPath(path).read(document)).toThrow(JsonPathEvaluationError);
  });

  it('what is asked once of a long list is not', () => {
    expect(String(compileJsonPath('$.big.sum()').read(document))).toBe('1.9999E8');
    expect(compileJsonPath('$.items[?(@.a == -7)].list').read(document)).toEqual([[6]]);
  });
});
