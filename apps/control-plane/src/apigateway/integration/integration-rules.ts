import { INTEGRATION_TYPES, type IntegrationModel, type IntegrationType, type MethodModel } from '@gatehouse/api-model';
import { badRequest, type AwsError } from '@gatehouse/aws-wire';
import { contentTypeErrors } from '../method/content-type.js';
import { checkHttpMethod } from '../method/method-rules.js';
import { checkIntegrationUri } from './integration-uri.js';
import { mappingRefusal, requestMappingErrors, templateRefusal } from './parameter-mapping.js';

/** Milliseconds. */
export const MINIMUM_TIMEOUT = 50;
export const DEFAULT_TIMEOUT = 29_000;
/** Milliseconds; where the response is streamed (15 minutes). */
const MAXIMUM_STREAMING_TIMEOUT = 900_000;

const PASSTHROUGH_BEHAVIORS: readonly string[] = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'];
const CACHE_KEY =
  /^(?:method|integration)\.request\.(?:header|querystring|path|multivalueheader|multivaluequerystring)\.[a-zA-Z0-9._$-]+$/;

/** Only integrations over HTTP have a connection type. */
export const overHttp = (type: IntegrationType) => type === 'HTTP' || type === 'HTTP_PROXY';

/**
 * Checks an integration, new or patched, as a whole, within its method. Throws `BadRequestException` in AWS's words.
 *
 * @param mostMillis longest timeout of an integration whose answer is not streamed
 */
export function checkIntegration(
  integration: IntegrationModel,
  method: Pick<MethodModel, 'requestParameters'>,
  mostMillis: number,
): void {
  const { type, httpMethod, uri } = integration;
  if (!INTEGRATION_TYPES.includes(type)) throw invalidOption('IntegrationType', INTEGRATION_TYPES);
  if (type !== 'MOCK' && !httpMethod) throw badRequest('Enumeration value for HttpMethod must be non-empty');
  if (httpMethod) checkHttpMethod(httpMethod);
  checkIntegrationUri(type, uri);
  if (integration.credentials !== undefined && !/^arn:aws:|\$\{stageVariables\./.test(integration.credentials)) {
    throw badRequest('Invalid ARN specified in the request');
  }
  checkConnection(integration);
  if (integration.tlsConfig?.insecureSkipVerification && !overHttp(type)) {
    throw badRequest('insecureSkipVerification is supported only for the integration types HTTP and HTTP_PROXY');
  }
  checkTimeout(integration, mostMillis);
  if (!PASSTHROUGH_BEHAVIORS.includes(integration.passthroughBehavior)) {
    throw invalidOption('PassthroughBehavior', PASSTHROUGH_BEHAVIORS);
  }
  checkContentHandling(integration.contentHandling);
  if (!['BUFFERED', 'STREAM', undefined].includes(integration.responseTransferMode)) {
    throw invalidOption('ResponseTransferMode', ['BUFFERED', 'STREAM']);
  }
  const key = integration.cacheKeyParameters.find((each) => !CACHE_KEY.test(each));
  if (key !== undefined) throw badRequest(`Invalid cache key parameter specified: ${key}`);

  const mapping = requestMappingErrors(integration.requestParameters, Object.keys(method.requestParameters));
  if (mapping.length > 0) throw mappingRefusal(mapping);
  const templates = contentTypeErrors(integration.requestTemplates);
  if (templates.length > 0) throw templateRefusal(templates);
}

/** Throws `BadRequestException` unless absent or one of AWS's two conversions. */
export function checkContentHandling(value: string | undefined): void {
  if (!['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT', undefined].includes(value)) {
    throw invalidOption('ContentHandling', ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT']);
  }
}

/** Templates as AWS keeps them: one without text becomes null. */
export function keptTemplates(templates: Record<string, string | null> = {}): Record<string, string | null> {
  return Object.fromEntries(Object.entries(templates).map(([type, template]) => [type, template || null]));
}

function checkConnection({ type, connectionType, connectionId }: IntegrationModel): void {
  if (connectionType !== undefined && connectionType !== 'INTERNET' && connectionType !== 'VPC_LINK') {
    throw invalidOption('ConnectionType', ['INTERNET', 'VPC_LINK']);
  }
  if (connectionType !== 'VPC_LINK') return;
  if (!overHttp(type)) throw badRequest('VPC_LINK is supported only for the integration types HTTP and HTTP_PROXY');
  if (!connectionId) throw badRequest('Connection ID must be non-empty when ConnectionType is VPC_LINK');
}

function checkTimeout({ timeoutInMillis, responseTransferMode }: IntegrationModel, mostMillis: number): void {
  const maximum = responseTransferMode === 'STREAM' ? MAXIMUM_STREAMING_TIMEOUT : mostMillis;
  if (!(timeoutInMillis >= MINIMUM_TIMEOUT && timeoutInMillis <= maximum)) throw timeoutRefusal(maximum);
}

const timeoutRefusal = (maximum: number) => badRequest(`Timeout should be between ${MINIMUM_TIMEOUT} ms and ${maximum} ms`);

function invalidOption(name: string, options: readonly string[]): AwsError {
  return badRequest(`Invalid ${name} specified. Valid options are ${options.join(',')}`);
}
