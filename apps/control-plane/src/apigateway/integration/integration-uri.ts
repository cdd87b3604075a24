import type { IntegrationType } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';

/** `${stageVariables.name}` and `{name}`: filled in for a request. */
const PLACEHOLDER = /\$\{stageVariables\.[a-zA-Z0-9_]+\}|\{[^{}]+\}/g;

/** Throws `BadRequestException` in AWS's words unless an integration of this type can have this URI. */
export function checkIntegrationUri(type: IntegrationType, uri: string | undefined): void {
  switch (type) {
    case 'MOCK':
      return;
    case 'HTTP':
    case 'HTTP_PROXY':
      if (!isHttpEndpoint(uri ?? '')) throw badRequest('Invalid HTTP endpoint specified for URI');
      return;
    case 'AWS':
    case 'AWS_PROXY':
      checkArn(type, uri ?? '');
  }
}

// With some value in place of each placeholder the text must be a URL; only after a colon must that be a number.
function isHttpEndpoint(uri: string): boolean {
  const filled = uri.replace(PLACEHOLDER, (_, index: number) => (uri[index - 1] === ':' ? '1' : 'x'));
  return /^https?:\/\/[^/]/i.test(filled) && URL.canParse(filled);
}

/** `arn:aws:apigateway:{region}:{service}:{path|action}/{rest}` */
function checkArn(type: 'AWS' | 'AWS_PROXY', uri: string): void {
  if (!/^arn:aws:[\w-]+:/.test(uri)) throw badRequest('Invalid ARN specified in the request');
  const target = /^arn:aws:apigateway:[\w-]+:([^:]+):(?:path|action)\/./.exec(uri);
  if (!target) throw badRequest('AWS ARN for integration must contain path or action');
  if (type === 'AWS_PROXY' && !/(?:^|\.)(?:lambda|firehose)$/.test(target[1]!)) {
    throw badRequest("Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.");
  }
}
