import type { ApiDefinition } from '@gatehouse/api-model';
import { apiSettings } from './import/api/api-settings.js';
import { gatewayResponses } from './import/api/gateway-responses.js';
import { requestValidators } from './import/api/request-validators.js';
import type { ImportContext } from './import/context.js';
import { dialectOf } from './import/dialect.js';
import { DescribedParts } from './import/documentation/described-parts.js';
import { documentationOf } from './import/documentation/documentation-extension.js';
import { DocumentNode } from './import/document/document-node.js';
import { readDocument } from './import/document/read-document.js';
import type { DocumentPlace } from './import/document/place.js';
import { References } from './import/document/references.js';
import { extensionOf, warnOfUnknownExtensions } from './import/extensions.js';
import { basePathOf, type BasePathMode } from './import/path/base-path.js';
import { resourcesOf } from './import/path/resources.js';
import { Places, type Placed } from './import/places.js';
import { Models } from './import/schemas/models.js';
import { MethodSecurities } from './import/security/method-security.js';
import { authorizersOf, securitySchemes } from './import/security/security-schemes.js';
import { Warnings } from './import/warnings.js';
import { OWN } from './own-extensions.js';

export interface ImportOptions {
  /** For the addresses of models in `$ref`. */
  apiId: string;
  /** What becomes of the document's base path: nothing, resources of its segments, or resources of those after the first. */
  basepath: BasePathMode;
}

export interface ImportedApi {
  definition: ApiDefinition;
  /** Sentences about what was left out, with their places. */
  warnings: string[];
  /** Where the document has what is in the definition: methods with their responses and integrations, models, parts of the documentation ... */
  places: ReadonlyMap<Placed, DocumentPlace>;
}

/**
 * Reads an OpenAPI document: Swagger 2.0, OpenAPI 3.0 or 3.1, as JSON or YAML, with AWS's extensions. The size of the text is the caller's
 * to limit, and so are the rules of what an API may hold (URIs, mapping expressions, siblings of resources, quotas).
 * Throws AwsError BadRequestException that names the place (path and line) of what is wrong.
 * Source: API Gateway developer guide, api-gateway-import-api, api-gateway-swagger-extensions, api-gateway-known-issues.
 */
export function importOpenApi(text: string, options: ImportOptions): ImportedApi {
  const source = readDocument(text);
  const root = new DocumentNode(source.value, source);
  const warnings = new Warnings();
  const places = new Places();
  const context: ImportContext = {
    root,
    version: dialectOf(root),
    references: new References(root),
    warnings,
    places,
    described: new DescribedParts(places, root.member(OWN.undocumented)?.flag() ?? false),
    apiId: options.apiId,
  };
  warnOfUnknownExtensions(root, 'document', warnings);
  const components = root.member('components');
  if (components) warnOfUnknownExtensions(components, 'components', warnings);
  for (const tag of root.member('tags')?.items() ?? []) warnOfUnknownExtensions(tag, 'tag', warnings);

  context.described.addApi(root);
  const models = new Models(context);
  const schemes = securitySchemes(context);
  const validators = requestValidators(context);
  const resources = resourcesOf(
    {
      ...context,
      models,
      securities: new MethodSecurities(root, schemes, warnings),
      validators: new Set(validators.map(({ key }) => key)),
    },
    basePathOf(context, options.basepath),
  );
  const definition: ApiDefinition = {
    ...apiSettings(context),
    resources,
    models: models.list(),
    authorizers: authorizersOf(schemes),
    requestValidators: validators,
    gatewayResponses: gatewayResponses(context),
    ...documentation(context),
  };
  return { definition, warnings: warnings.list(), places: places.list() };
}

/** What the document gives as documentation; without it, what describes its things where they stand. */
function documentation(context: ImportContext): Pick<ApiDefinition, 'documentationParts' | 'documentationVersion'> {
  const given = extensionOf(context.root, 'documentation');
  return given ? documentationOf(given, context) : { documentationParts: context.described.list() };
}
