import { EndpointAccessMode, SecurityPolicy } from '@gatehouse/admin-contract/apigateway';
import type { ApiDefinition } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { completeEndpointConfiguration } from '../rest-api/endpoint-configuration.js';
import { checkCompressionSize, checkDescription, checkName, checkResourcePolicy } from '../rest-api/rest-api-rules.js';
import type { RestApiEntity } from '../rest-api/rest-api.entity.js';
import type { Import } from './import.js';
import type { ImportParameters } from './import-parameters.js';

/**
 * Sets what the document says of the API itself. Merging leaves what it does not say as it is, and adds to the binary media types;
 * overwriting sets it back to what a new API has, but for the endpoint's configuration, which is no matter of the definition.
 */
export function importSettings(work: Import, parameters: ImportParameters): void {
  const { api, definition, findings } = work;
  const before = work.mode === 'merge' ? api : blank;
  const set = (what: string, member: keyof ApiDefinition | undefined, write: () => void) =>
    findings.check(`Unable to set ${what}`, member, write);
  set('the name', 'name', () => (api.name = checkName(definition.name ?? api.name)));
  set(
    'the description',
    'description',
    () => (api.description = checkDescription(definition.description || undefined) ?? before.description),
  );
  api.version = definition.version ?? before.version;
  api.apiKeySource = definition.apiKeySource ?? before.apiKeySource;
  api.binaryMediaTypes = [...new Set([...before.binaryMediaTypes, ...(definition.binaryMediaTypes ?? [])])];
  set('the minimum compression size', 'minimumCompressionSize', () => {
    api.minimumCompressionSize = checkCompressionSize(definition.minimumCompressionSize) ?? before.minimumCompressionSize;
  });
  set('the policy', 'policy', () => (api.policy = checkResourcePolicy(definition.policy) ?? before.policy));
  set('the security policy', 'securityPolicy', () => {
    api.securityPolicy = known('security policy', SecurityPolicy, definition.securityPolicy) ?? before.securityPolicy;
  });
  set('the endpoint access mode', 'endpointAccessMode', () => {
    api.endpointAccessMode =
      known('endpoint access mode', EndpointAccessMode, definition.endpointAccessMode) ?? before.endpointAccessMode;
  });
  api.disableExecuteApiEndpoint =
    parameters.disableExecuteApiEndpoint ?? definition.disableExecuteApiEndpoint ?? before.disableExecuteApiEndpoint;
  const { types, vpcEndpointIds } = parameters.endpointConfiguration;
  const fromDocument = types === undefined && vpcEndpointIds === undefined;
  set('the endpoint configuration', fromDocument ? 'endpointConfiguration' : undefined, () => setEndpoint(work, parameters));
}

/** What an API has of which nothing was said. */
const blank = {
  description: null,
  version: null,
  apiKeySource: 'HEADER',
  binaryMediaTypes: [],
  minimumCompressionSize: null,
  policy: null,
  securityPolicy: null,
  endpointAccessMode: null,
  disableExecuteApiEndpoint: false,
} satisfies Partial<RestApiEntity>;

/** Another type brings its own address type, and loses the endpoints that only private APIs have. */
function setEndpoint({ api, definition }: Import, { endpointConfiguration: asked }: ImportParameters): void {
  const said = definition.endpointConfiguration;
  // What is said of one type is no matter of another one.
  const given = asked.types && said?.types && asked.types[0] !== said.types[0] ? undefined : said;
  const types = asked.types ?? given?.types ?? api.endpointConfiguration.types;
  const same = types[0] === api.endpointConfiguration.types[0];
  api.endpointConfiguration = completeEndpointConfiguration({
    types,
    ipAddressType: given?.ipAddressType ?? (same ? api.endpointConfiguration.ipAddressType : undefined),
    vpcEndpointIds:
      asked.vpcEndpointIds ?? given?.vpcEndpointIds ?? (same ? api.endpointConfiguration.vpcEndpointIds : undefined),
  });
}

function known(name: string, values: readonly string[], value: string | undefined): string | undefined {
  if (value !== undefined && !values.includes(value)) {
    throw badRequest(`Invalid ${name} specified. Valid options are ${values.join(',')}`);
  }
  return value;
}
