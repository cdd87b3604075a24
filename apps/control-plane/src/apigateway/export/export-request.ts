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

/** What a client's `Accept` asks for: JSON unless it is YAML. Throws `BadRequestException` when it is neither. */
export function exportMediaType(accept: string | undefined): ExportMediaType {
  const ranges = (accept || '*/*').split(',').map((range) => range.split(';', 1)[0]!.trim().toLowerCase());
  for (const range of ranges) {
    if (range === 'application/json' || range === 'application/yaml') return range;
    if (range === '*/*' || range === 'application/*') return 'application/json';
  }
  throw badRequest(`Unsupported export content type: ${accept}. Valid options are application/json,application/yaml`);
}

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
