import { badRequest } from '@gatehouse/aws-wire';
import { CsvError, parse } from 'csv-parse/sync';
import { flag } from '../../patch/patch-values.js';
import { quotaExceeded } from '../../quotas/quotas.js';
import { descriptionFault, nameFault, valueFault } from './api-key-rules.js';
import { RowWarnings } from './row-warnings.js';

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
  /** Why rows were left out, those that a later row with the same value replaces among them. */
  warnings: RowWarnings;
}

/** Rows of one file, the header not counted. AWS documents no number; an account has 10,000 keys there. */
const MOST_ROWS = 100_000;
/** Of one row. AWS knows five; people's sheets have some more. */
const MOST_COLUMNS = 50;
/** Of one row, in bytes: room for the longest name and description there may be, in any script. */
const MOST_ROW_BYTES = 512 * 1024;

const COLUMNS = ['name', 'key', 'description', 'enabled', 'usageplanids'] as const;
const REQUIRED = ['name', 'key'] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Reads AWS's file format of API keys: a header that names the columns in any order and case (those that nobody knows are ignored), fields in
 * double or single quotes where they hold commas; a key is enabled unless the file says otherwise. Source: AWS's guide.
 * A key can name `mostPlans` usage plans. Throws `BadRequestException` for what is no such file at all, is not UTF-8, or has too many or too large
 * rows; a row that cannot be a key becomes a warning.
 */
export function readApiKeysCsv(body: Buffer, mostPlans: number): ReadApiKeys {
  const byValue = new Map<string, ImportedApiKey>();
  const warnings = new RowWarnings();
  let places: Map<Column, number> | undefined;
  let rows = 0;
  readRows(decode(body), (record, line) => {
    if (!places) {
      places = columnPlaces(record);
      return;
    }
    if (++rows > MOST_ROWS) throw invalidFile(`more than ${MOST_ROWS} rows`);
    const columns = places;
    const apiKey = readRow((column) => (record[columns.get(column) ?? -1] ?? '').trim(), line);
    const fault =
      valueFault(apiKey.value) ??
      nameFault(apiKey.name ?? '') ??
      descriptionFault(apiKey.description ?? '') ??
      (apiKey.usagePlanIds.length > mostPlans ? quotaExceeded('usagePlansOfKey').message : undefined);
    if (fault !== undefined) {
      warnings.add(line, fault);
      return;
    }
    const replaced = byValue.get(apiKey.value);
    if (replaced) warnings.add(replaced.line, `API Key value is given again in line ${line}`);
    // Set anew, so that it takes the later place.
    byValue.delete(apiKey.value);
    byValue.set(apiKey.value, apiKey);
  });
  if (!places) columnPlaces([]);
  return { apiKeys: [...byValue.values()], warnings };
}

const invalidFile = (reason: string) => badRequest(`Invalid API Key import file: ${reason}`);

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalidFile('it is not UTF-8');
  }
}

/** Tells of each row that is not empty, with its line from 1; none of them is kept. */
function readRows(text: string, visit: (record: string[], line: number) => void): void {
  if (text.includes('\0')) throw invalidFile('it has characters that cannot be stored');
  try {
    parse(text, {
      // The only place that hears of a field before the row is complete.
      cast: (field, { index }) => {
        if (index >= MOST_COLUMNS) throw invalidFile(`more than ${MOST_COLUMNS} columns`);
        return field;
      },
      max_record_size: MOST_ROW_BYTES,
      on_record: (record: string[], { lines }) => {
        visit(record, lines);
        return null;
      },
      quote: text.includes('"') ? '"' : "'",
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw error instanceof CsvError ? invalidFile(error.message) : error;
  }
}

function columnPlaces(header: string[]): Map<Column, number> {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = REQUIRED.filter((column) => !names.includes(column));
  if (missing.length > 0) throw invalidFile(`missing columns: ${missing.join(', ')}`);
  return new Map(COLUMNS.map((column) => [column, names.indexOf(column)]));
}

function readRow(field: (column: Column) => string, line: number): ImportedApiKey {
  return {
    line,
    value: field('key'),
    name: field('name') || null,
    description: field('description') || null,
    enabled: field('enabled') === '' || flag(field('enabled')),
    usagePlanIds: [...new Set(field('usageplanids').split(','))].map((id) => id.trim()).filter((id) => id !== ''),
  };
}
