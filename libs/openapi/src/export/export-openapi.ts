import type { RestApiModel } from '@gatehouse/api-model';
import { OWN } from '../own-extensions.js';
import { Documented, replacing } from './documented.js';
import { modelSchemas } from './model-schemas.js';
import { paths } from './paths.js';
import { documentationExtension, rootExtensions, type ExportedDocumentation } from './root-extensions.js';
import { SecuritySchemes } from './security-schemes.js';

export type ExportType = 'swagger' | 'oas30';

/** What an export says beyond the OpenAPI specification. */
export const EXPORT_EXTENSIONS = ['apigateway', 'integrations', 'authorizers', 'documentation', 'postman'] as const;
export type ExportExtension = (typeof EXPORT_EXTENSIONS)[number];

export interface ExportOptions {
  type: ExportType;
  /** Host under which clients reach the API. */
  host: string;
  stageName: string;
  /** `apigateway` stands for all of Amazon's; `postman` adds nothing. */
  extensions: readonly ExportExtension[];
  /** Of the stage's documentation version; absent without one. What it says of entities is put into their definitions, extension or not. */
  documentation?: ExportedDocumentation;
}

/** An object of the document; members that are undefined are left out of it. */
export type Json = Record<string, unknown>;

/**
 * An API as an OpenAPI document (Swagger 2.0 or OpenAPI 3.0), in an order that depends on nothing but the API.
 * With `apigateway` it says all that an import reads. Throws `BadRequestException` when a method's model is no JSON schema. Source: exports of Amazon API Gateway.
 */
export function exportOpenApi(api: RestApiModel, options: ExportOptions): Json {
  const all = options.extensions.includes('apigateway');
  const withAuthorizers = all || options.extensions.includes('authorizers');
  const documented = new Documented(options.documentation?.parts ?? []);
  const integrations = all || options.extensions.includes('integrations');
  const security = new SecuritySchemes(api, withAuthorizers, documented);
  const content = {
    paths: paths(api, {
      type: options.type,
      security,
      documented,
      integrations,
      validators: all,
      exact: integrations,
    }),
  };
  const schemas = modelSchemas(api, { type: options.type, documented, exact: all });
  const extensions = {
    ...(all ? rootExtensions(api) : {}),
    ...(all || options.extensions.includes('documentation') ? documentationExtension(options.documentation) : {}),
    ...(all && !options.documentation && describes(api, schemas) ? { [OWN.undocumented]: true } : {}),
    ...documented.attributes('API'),
  };
  return options.type === 'swagger'
    ? {
        swagger: '2.0',
        info: info(api, documented, all),
        host: options.host,
        basePath: `/${options.stageName}`,
        schemes: ['https'],
        ...content,
        securityDefinitions: security.definitions(),
        definitions: schemas,
        ...extensions,
      }
    : {
        openapi: '3.0.1',
        info: info(api, documented, all),
        servers: [{ url: `https://${options.host}/{basePath}`, variables: { basePath: { default: options.stageName } } }],
        ...content,
        components: { schemas, securitySchemes: security.definitions() },
        ...extensions,
      };
}

function info({ name: title, description, version, createdDate }: RestApiModel, documented: Documented, exact: boolean): Json {
  const said = documented.info();
  if (!exact) return { title, description, version: version ?? createdDate, ...said };
  const { description: about, ...rest } = said;
  const replaced = {
    ...(version === undefined ? { version: createdDate } : {}),
    ...(about === undefined ? {} : { description: about }),
  };
  return { ...replacing({ title, description, version }, replaced), ...rest };
}

/** Whether the document describes things that nobody documented, as every export does: an import would take that for documentation. */
function describes({ description, resources }: RestApiModel, schemas: Json = {}): boolean {
  return (
    description !== undefined ||
    resources.some(({ methods }) => methods.some(({ methodResponses }) => methodResponses.length > 0)) ||
    Object.values(schemas as Record<string, Json>).some(
      (schema) => schema.description !== undefined || schema.title !== undefined,
    )
  );
}
