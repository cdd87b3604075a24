import { AwsError, badRequest } from '@gatehouse/aws-wire';
import { parse } from 'csv-parse/sync';
import { flag } from '../../patch/patch-values.js';
import { checkDescription, checkName, checkValue } from './api-key-rules.js';

/** One API key as a file gives it. */
export interface ImportedApiKey {
  /** In the file, from 1; the header is line 1. */
  line: number;
  value: string;
  name: string | null;
  description: string | null;
  enabled: boolean;
  usagePlanIds: string[];
}

export interface ReadApiKeys {
  /** In the order of the file; of several rows with one value the last one counts. */
  apiKeys: ImportedApiKey[];
  /** Why rows were left out, one sentence each. */
  warnings: string[];
}

interface Row {
  info: { lines: number };
  record: string[];
}

const COLUMNS = ['name', 'key', 'description', 'enabled', 'usageplanids'] as const;
const REQUIRED = ['name', 'key'] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Reads AWS's file format of API keys: a header that names the columns in any order and case (those that nobody knows are ignored), fields in
 * double or single quotes where they hold commas; a key is enabled unless the file says otherwise. Source: AWS's guide.
 * Throws `BadRequestException` for what is no such file at all; a row that cannot be a key becomes a warning.
 */
export function readApiKeysCsv(body: Buffer): ReadApiKeys {
  const [header, ...rows] = readRows(body.toString('utf8'));
  const places = columnPlaces(header?.record ?? []);
  const byValue = new Map<string, ImportedApiKey>();
  const warnings: string[] = [];
  for (const { record, info } of rows) {
    try {
      const apiKey = readRow((column) => (record[places.get(column) ?? -1] ?? '').trim(), info.lines);
      // Set anew, so that it takes the later place.
      byValue.delete(apiKey.value);
      byValue.set(apiKey.value, apiKey);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      warnings.push(rowWarning(info.lines, error.message));
    }
  }
  return { apiKeys: [...byValue.values()], warnings };
}

/** What is said of a row that is left out. */
export const rowWarning = (line: number, message: string) => `Ignored line ${line}: ${message}`;

function readRows(text: string): Row[] {
  if (/[\0\p{Cs}]/u.test(text)) throw badRequest('Invalid API Key import file: it has characters that cannot be stored');
  try {
    return parse(text, {
      bom: true,
      info: true,
      quote: text.includes('"') ? '"' : "'",
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Row[];
  } catch (error) {
    throw badRequest(`Invalid API Key import file: ${(error as Error).message}`);
  }
}

function columnPlaces(header: string[]): Map<Column, number> {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = REQUIRED.filter((column) => !names.includes(column));
  if (missing.length > 0) throw badRequest(`Invalid API Key import file: missing columns: ${missing.join(', ')}`);
  return new Map(COLUMNS.map((column) => [column, names.indexOf(column)]));
}

function readRow(field: (column: Column) => string, line: number): ImportedApiKey {
  return {
    line,
    value: checkValue(field('key')),
    name: checkName(field('name')),
    description: checkDescription(field('description')),
    enabled: field('enabled') === '' || flag(field('enabled')),
    usagePlanIds: [...new Set(field('usageplanids').split(','))].map((id) => id.trim()).filter((id) => id !== ''),
  };
}
