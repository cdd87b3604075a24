import { badRequest } from '@gatehouse/aws-wire';
import type { ImportOptions } from '@gatehouse/openapi';
import { endpointType, type GivenEndpointConfiguration } from '../rest-api/endpoint-configuration.js';

/** How a document is to be imported, beside its mode. */
export interface ImportParameters {
  basepath: ImportOptions['basepath'];
  /** What is said of the endpoint goes before what the document says. */
  endpointConfiguration: Pick<GivenEndpointConfiguration, 'types' | 'vpcEndpointIds'>;
  disableExecuteApiEndpoint?: boolean;
  /** Leaves the documentation as it is, whatever the document says of it. */
  ignoresDocumentation: boolean;
}

/**
 * Reads the query parameters that are no members of an import's request; unknown ones mean nothing, as on AWS.
 * Throws `BadRequestException` for values that there are not. Source: API Gateway API reference, ImportRestApi and PutRestApi.
 */
export function importParameters(given: Record<string, string> = {}): ImportParameters {
  const parameters = new Map(Object.entries(given));
  const parameter = (name: string) => parameters.get(name) || undefined;
  const disable = parameter('disableExecuteApiEndpoint');
  return {
    basepath: basepath(parameter('basepath')),
    endpointConfiguration: {
      types: list(parameter('endpointConfigurationTypes'))?.map(endpointType),
      vpcEndpointIds: list(parameter('vpcEndpointIds')),
    },
    ...(disable === undefined ? {} : { disableExecuteApiEndpoint: disable === 'true' }),
    ignoresDocumentation: list(parameter('ignore'))?.includes('documentation') ?? false,
  };
}

function basepath(value = 'ignore'): ImportParameters['basepath'] {
  if (value !== 'ignore' && value !== 'prepend' && value !== 'split') {
    throw badRequest(`Invalid basepath specified: ${value}. Valid options are ignore,prepend,split`);
  }
  return value;
}

function list(value: string | undefined): string[] | undefined {
  return value
    ?.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
