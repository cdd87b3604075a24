import type { IntegrationSnapshot } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import type { OpenLiteral } from '../integration-request/parameter-value.js';
import type { AnswerStep, RequestStep } from '../rest-pipeline.js';
import type { ServedStage } from '../stage/served-stage.js';
import type { BinaryMediaTypes } from '../http/binary-media-types.js';
import { awsLambda } from './aws-lambda.js';
import { awsService } from './aws-service.js';
import { awsProxy } from './aws-proxy.js';
import { denied } from './denied.js';
import { http } from './http.js';
import { httpProxy } from './http-proxy.js';
import { mock } from './mock.js';

/** What an integration needs to know of the method that it belongs to. */
export interface IntegrationContext {
  readonly apiId: string;
  readonly resourceId: string;
  readonly resourcePath: string;
  readonly operationName: string | undefined;
  readonly binaryMediaTypes: BinaryMediaTypes;
  /** Names of the resource path's parameters in their order. */
  readonly parameterNames: readonly string[];
  readonly openLiteral: OpenLiteral;
}

/** An integration, compiled with its deployment: one part for each phase that it has a say in. */
export interface CompiledIntegration {
  /** Integration request, settled for one stage. */
  request(stage: ServedStage): RequestStep;
  /** Integration: ends in `exchange.conclude` or `exchange.fail`. */
  readonly invoke: (exchange: Exchange) => void;
  /** Integration response. */
  readonly answer: AnswerStep;
}

type Kinds = {
  [Type in IntegrationSnapshot['type']]: (
    integration: Extract<IntegrationSnapshot, { type: Type }>,
    context: IntegrationContext,
  ) => CompiledIntegration;
};

const KINDS = {
  HTTP_PROXY: httpProxy,
  HTTP: http,
  MOCK: mock,
  AWS_PROXY: awsProxy,
  AWS: awsLambda,
  AWS_SERVICE: awsService,
  DENIED: denied,
} satisfies Kinds;

/** Compiles an integration of any kind. Throws when a literal does not open or a selection pattern cannot be matched. */
export function compileIntegration(integration: IntegrationSnapshot, context: IntegrationContext): CompiledIntegration {
  switch (integration.type) {
    case 'HTTP_PROXY':
      return KINDS.HTTP_PROXY(integration, context);
    case 'HTTP':
      return KINDS.HTTP(integration, context);
    case 'MOCK':
      return KINDS.MOCK(integration, context);
    case 'AWS_PROXY':
      return KINDS.AWS_PROXY(integration, context);
    case 'AWS':
      return KINDS.AWS(integration, context);
    case 'AWS_SERVICE':
      return KINDS.AWS_SERVICE(integration, context);
    case 'DENIED':
      return KINDS.DENIED(integration);
    default:
      throw new TypeError(`unknown integration type ${JSON.stringify((integration satisfies never as { type: unknown }).type)}`);
  }
}
