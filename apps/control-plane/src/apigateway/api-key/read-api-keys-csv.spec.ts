import { describe, expect, it } from 'vitest';
import { readApiKeysCsv } from './read-api-keys-csv.js';

const KEY = 'apikey1234abcdefghij0123456789';
function read(file: string | Buffer) {
  const { apiKeys, warnings } = readApiKeysCsv(Buffer.from(file), 3);
  return { apiKeys, warnings: warnings.list() };
}
const only = (text: string) => {
  const { apiKeys, warnings } = read(text);
  expect([apiKeys.length, warnings]).toEqual([1, []]);
  return apiKeys[0]!;
};

describe('readApiKeysCsv', () => {
  it('reads the columns in any order and case, and ignores others', () => {
    const key = { line: 2, value: KEY, name: 'n', description: null, enabled: true, usagePlanIds: [] };
    expect(only(`Key,name\n${KEY},n`)).toEqual(key);
    expect(only(`\ufeffNAME , kEY,other\r\nn , ${KEY},x,y\r\n`)).toEqual(key);
    expect(only(`Name,key,description,Enabled,usageplanIds\nn,${KEY},An imported key,FALSE,c7y23b`)).toEqual({
      ...key,
      description: 'An imported key',
      enabled: false,
      usagePlanIds: ['c7y23b'],
    });
  });

  it.each(['"', "'"])('reads several plans in %s', (quote) => {
    const row = `Enabled,Name,key,UsageplanIds\ntrue,n,${KEY},${quote}c7y23b, glvrsr,c7y23b,${quote}`;
    expect(only(row).usagePlanIds).toEqual(['c7y23b', 'glvrsr']);
  });

  it('reads quotes and apostrophes in texts', () => {
    expect(only(`name,key\n"say ""hi"", all",${KEY}`).name).toBe('say "hi", all');
    expect(only(`name,key\nO'Brien's,${KEY}`).name).toBe("O'Brien's");
    expect(only(`name,key,description\n"O'Brien",${KEY},"two\nlines"`)).toMatchObject({
      name: "O'Brien",
      description: 'two\nlines',
    });
  });

  it('takes the last of several rows with one value, and tells of the others', () => {
    const { apiKeys, warnings } = read(`name,key\na,${KEY}\nb,${KEY}2\nc,${KEY}`);
    expect(apiKeys.map(({ name, line }) => [name, line])).toEqual([
      ['b', 3],
      ['c', 4],
    ]);
    expect(warnings).toEqual(['Ignored line 2: API Key value is given again in line 4']);
  });

  it('leaves out rows that are no keys', () => {
    const { apiKeys, warnings } = read(`name,key\na,short\n\n${'n'.repeat(1025)},${KEY}\nb\nc,${KEY}`);
    expect(apiKeys.map(({ name }) => name)).toEqual(['c']);
    expect(warnings).toEqual([
      'Ignored line 2: API Key value should be at least 20 characters',
      'Ignored line 4: Invalid API Key name, can be at most 1024 characters.',
      'Ignored line 5: API Key value should be at least 20 characters',
    ]);
  });

  it('tells of the first hundred rows that are no keys, and how many more there are', () => {
    const { warnings } = read(`name,key\n${'a\n'.repeat(150)}`);
    expect(warnings).toHaveLength(101);
    expect(warnings[99]).toMatch(/^Ignored line 101: /);
    expect(warnings[100]).toBe('Ignored 50 more lines');
  });

  it('reads as many rows as there may be, and no more', () => {
    const text = `name,key\n${'a\n'.repeat(100_000)}`;
    expect(read(text).warnings).toHaveLength(101);
    expect(() => read(`${text}a\n\n`)).toThrow('Invalid API Key import file: more than 100000 rows');
    // Where the millions of rows that a body can hold were kept, the process would end.
    expect(() => read(`name,key\n${'a\n'.repeat(3_000_000)}`)).toThrow('more than 100000 rows');
  });

  it('reads the longest description, and no longer row', () => {
    const row = (description: string) => `name,key,description\nn,${KEY},${description}`;
    expect(only(row('語'.repeat(125_000))).description).toHaveLength(125_000);
    expect(() => read(row('d'.repeat(600_000)))).toThrow('Invalid API Key import file: Max Record Size');
    expect(() => read(row(`"${'d'.repeat(600_000)}`))).toThrow('Invalid API Key import file: Max Record Size');
  });

  it.each([
    ['header', '', 1_000_000],
    ['row', 'name,key\n', 5_000_000],
  ])('refuses a %s of too many columns without reading on', (_, before, count) => {
    const many = 'Invalid API Key import file: more than 50 columns';
    expect(read(`name,key${',x'.repeat(48)}\n${','.repeat(49)}`).warnings).toHaveLength(1);
    expect(() => read(`${before}${','.repeat(50)}`)).toThrow(many);
    // The quote that nobody closes would be what is wrong.
    expect(() => read(`${before}${','.repeat(count)}"`)).toThrow(many);
  });

  it('leaves out rows with more usage plans than a key can be in', () => {
    const { apiKeys, warnings } = read(`name,key,usageplanids\na,${KEY},"a,b,c"\nb,${KEY}2,"a,b,c,d"\nc,${KEY}3,"a,a,b,b"`);
    expect(apiKeys.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(warnings).toEqual(['Ignored line 3: Maximum number of Usage Plans for this API Key has been reached.']);
  });

  it('refuses what is not UTF-8', () => {
    const latin1 = Buffer.from(`name,key\nM\u00fcller,${KEY}`, 'latin1');
    expect(() => read(latin1)).toThrow('Invalid API Key import file: it is not UTF-8');
    expect(only(`name,key\nM\u00fcller,${KEY}`).name).toBe('M\u00fcller');
  });

  it.each([
    ['', 'missing columns: name, key'],
    ['name,value\na,b', 'missing columns: key'],
    [`name,key\n"open,${KEY}`, 'Quote Not Closed'],
    [`name,key\na\0,${KEY}`, 'it has characters that cannot be stored'],
  ])('refuses %j', (text, message) => {
    expect(() => read(text)).toThrow(`Invalid API Key import file: ${message}`);
  });
});
