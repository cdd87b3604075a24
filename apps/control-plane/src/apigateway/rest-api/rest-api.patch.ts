import { badRequest } from '@gatehouse/aws-wire';
import { NAMES_PATH } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { flag, textOrNull, wholeNumber } from '../../patch/patch-values.js';
import { endpointType, ipAddressType } from './endpoint-configuration.js';
import {
  checkDescription,
  checkName,
  checkResourcePolicy,
  compressionSizeRefusal,
  MAXIMUM_COMPRESSION_SIZE,
} from './rest-api-rules.js';
import type { RestApiEntity } from './rest-api.entity.js';

/** What may be patched in an API. The rules between members of the endpoint configuration are checked after all operations. */
export const restApiPatch: PatchTable<RestApiEntity> = {
  refusal: NAMES_PATH,
  rules: [
    { path: '/name', replace: (api, value) => (api.name = checkName(value)) },
    {
      path: '/description',
      replace: (api, value) => (api.description = checkDescription(value)),
      remove: (api) => (api.description = null),
    },
    { path: '/version', replace: (api, value) => (api.version = textOrNull(value)) },
    { path: '/apiKeySource', replace: (api, value) => (api.apiKeySource = apiKeySource(value)) },
    { path: '/policy', replace: (api, value) => (api.policy = checkResourcePolicy(value)), remove: (api) => (api.policy = null) },
    { path: '/minimumCompressionSize', replace: (api, value) => (api.minimumCompressionSize = compressionSize(value)) },
    { path: '/disableExecuteApiEndpoint', replace: (api, value) => (api.disableExecuteApiEndpoint = flag(value)) },
    { path: '/securityPolicy', replace: (api, value) => (api.securityPolicy = textOrNull(value)) },
    { path: '/endpointAccessMode', replace: (api, value) => (api.endpointAccessMode = textOrNull(value)) },
    { path: '/endpointConfiguration/types', add: addType, remove: removeType, replace: replaceOnlyType },
    { path: '/endpointConfiguration/types/{type}', add: addType, remove: removeType, replace: replaceType },
    {
      path: '/endpointConfiguration/ipAddressType',
      replace: (api, value) => (api.endpointConfiguration.ipAddressType = ipAddressType(value)),
    },
    { path: '/endpointConfiguration/vpcEndpointIds', add: addVpcEndpoint, remove: removeVpcEndpoint },
    {
      path: '/binaryMediaTypes/{type}',
      add: (api, _, type) => (api.binaryMediaTypes = [...without(api.binaryMediaTypes, type), type]),
      remove: (api, _, type) => (api.binaryMediaTypes = without(api.binaryMediaTypes, type)),
      replace: (api, value, type) => (api.binaryMediaTypes = [...without(api.binaryMediaTypes, type, value), value ?? type]),
    },
  ],
};

const without = (list: string[], ...values: (string | undefined)[]) => list.filter((each) => !values.includes(each));

function apiKeySource(value: string | undefined): RestApiEntity['apiKeySource'] {
  if (value !== 'HEADER' && value !== 'AUTHORIZER') {
    throw badRequest('Invalid ApiKeySourceType specified. Valid options are HEADER,AUTHORIZER');
  }
  return value;
}

function compressionSize(value: string | undefined): number | null {
  return value ? wholeNumber(value, 0, MAXIMUM_COMPRESSION_SIZE, compressionSizeRefusal()) : null;
}

function addType({ endpointConfiguration }: RestApiEntity, value: string | undefined, named?: string): void {
  const type = endpointType(value ?? named);
  if (!endpointConfiguration.types.includes(type)) setTypes(endpointConfiguration, [...endpointConfiguration.types, type]);
}

function removeType({ endpointConfiguration }: RestApiEntity, value: string | undefined, named?: string): void {
  const type = endpointType(named ?? value);
  endpointConfiguration.types = endpointConfiguration.types.filter((each) => each !== type);
}

function replaceOnlyType({ endpointConfiguration }: RestApiEntity, value: string | undefined): void {
  setTypes(endpointConfiguration, [endpointType(value)]);
}

/** The old type is named by its place in the list or by itself. */
function replaceType({ endpointConfiguration }: RestApiEntity, value: string | undefined, named?: string): void {
  const { types } = endpointConfiguration;
  const type = endpointType(value);
  const index = /^\d{1,2}$/.test(named ?? '') ? Number(named) : types.indexOf(endpointType(named));
  if (!(index in types)) throw badRequest(`Invalid patch path /endpointConfiguration/types/${named}`);
  setTypes(endpointConfiguration, types.toSpliced(index, 1, type));
}

/** An API that becomes private gets the only address type that private APIs have; one that ceases to be private loses its endpoints. */
function setTypes(
  configuration: RestApiEntity['endpointConfiguration'],
  types: RestApiEntity['endpointConfiguration']['types'],
): void {
  configuration.types = types;
  if (types.includes('PRIVATE')) configuration.ipAddressType = 'dualstack';
  else delete configuration.vpcEndpointIds;
}

function addVpcEndpoint({ endpointConfiguration }: RestApiEntity, value: string | undefined): void {
  if (!value) throw badRequest('Invalid vpcEndpointId specified');
  endpointConfiguration.vpcEndpointIds = [...without(endpointConfiguration.vpcEndpointIds ?? [], value), value];
}

function removeVpcEndpoint({ endpointConfiguration }: RestApiEntity, value: string | undefined): void {
  const left = without(endpointConfiguration.vpcEndpointIds ?? [], value);
  if (left.length > 0) endpointConfiguration.vpcEndpointIds = left;
  else delete endpointConfiguration.vpcEndpointIds;
}
