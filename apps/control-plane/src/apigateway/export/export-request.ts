import { badRequest } from '@gatehouse/aws-wire';
import { EXPORT_EXTENSIONS, type ExportExtension, type ExportType } from '@gatehouse/openapi';

export type ExportMediaType = 'application/json' | 'application/yaml';

/** Throws `BadRequestException` for what API Gateway does not export to. */
export function exportTypeOf(value: string): ExportType {
  if (value !== 'swagger' && value !== 'oas30') {
    throw badRequest(`Invalid export type specified: ${value}. Valid options are swagger,oas30`);
  }
  return value;
}

/** In the order in which they are preferred where a client has no preference. */
const MEDIA_TYPES: readonly ExportMediaType[] = ['application/json', 'application/yaml'];

/**
 * What a client's `Accept` prefers (RFC 9110, 12.5.1): the type of the highest weight, among equals the one that is named more closely, then
 * the one that is named first. A client that says nothing gets JSON. Throws `BadRequestException` when it takes neither.
 */
export function exportMediaType(accept: string | undefined): ExportMediaType {
  const ranges = (accept?.trim() || '*/*').split(',').map(mediaRange);
  let best: Preference | undefined;
  for (const type of MEDIA_TYPES) {
    const preference = preferenceOf(type, ranges);
    if (preference.weight > 0 && (!best || isPreferred(preference, best))) best = preference;
  }
  if (!best) throw badRequest(`Unsupported export content type: ${accept}. Valid options are ${MEDIA_TYPES.join(',')}`);
  return best.type;
}

interface MediaRange {
  range: string;
  /** From 0, which excludes, to 1. */
  weight: number;
}

/** Parameters but `q` are ignored, and so is a range whose weight is none. */
function mediaRange(text: string): MediaRange {
  const [range, ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.map((parameter) => /^q\s*=\s*(.*)$/.exec(parameter)?.[1]).find((value) => value !== undefined);
  return {
    range: range!,
    weight: weight === undefined ? 1 : /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0,
  };
}

interface Preference {
  type: ExportMediaType;
  weight: number;
  /** How closely the range names the type: 2 for itself, 1 for `application/*`, 0 for everything. */
  closeness: number;
  /** Place of the range in the header. */
  place: number;
}

/** The closest range that has the type says how much it is wanted. */
function preferenceOf(type: ExportMediaType, ranges: readonly MediaRange[]): Preference {
  for (const [away, name] of [type, 'application/*', '*/*'].entries()) {
    const place = ranges.findIndex(({ range }) => range === name);
    if (place !== -1) return { type, weight: ranges[place]!.weight, closeness: 2 - away, place };
  }
  return { type, weight: 0, closeness: 0, place: 0 };
}

const isPreferred = (a: Preference, b: Preference) => (a.weight - b.weight || a.closeness - b.closeness || b.place - a.place) > 0;

/** The extensions that a client asks for, separated by commas. Throws `BadRequestException` for one that there is not. */
export function exportExtensions(value: string | undefined): ExportExtension[] {
  const names = (value ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map(exportExtension);
}

function exportExtension(name: string): ExportExtension {
  const extension = EXPORT_EXTENSIONS.find((known) => known === name);
  if (!extension)
    throw badRequest(`Invalid export extension specified: ${name}. Valid options are ${EXPORT_EXTENSIONS.join(',')}`);
  return extension;
}
