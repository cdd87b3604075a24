import { describe, expect, it } from 'vitest';
import { checkIntegrationUri } from './integration-uri.js';

const LAMBDA =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';

describe('checkIntegrationUri', () => {
  it('takes HTTP endpoints, placeholders included', () => {
    for (const uri of [
      'http://example.com',
      'https://example.com:8443/a/{proxy}?x=y',
      'HTTP://127.0.0.1:3000/',
      'http://[::1]:80/x',
      'http://${stageVariables.host}/x',
      'http://${stageVariables.host}:${stageVariables.port}/{a}/{b}',
      'https://api.${stageVariables.domain}',
    ]) {
      expect(() => checkIntegrationUri('HTTP_PROXY', uri)).not.toThrow();
      expect(() => checkIntegrationUri('HTTP', uri)).not.toThrow();
    }
  });

  it('refuses what is no HTTP endpoint', () => {
    for (const uri of [
      undefined,
      '',
      'example.com',
      'ftp://example.com',
      'http://',
      'http:///x',
      'http://a b/',
      'http://x:port/',
      LAMBDA,
      'file:///etc/passwd',
    ]) {
      expect(() => checkIntegrationUri('HTTP_PROXY', uri)).toThrow('Invalid HTTP endpoint specified for URI');
    }
  });

  it('takes ARNs of functions and services', () => {
    expect(() => checkIntegrationUri('AWS_PROXY', LAMBDA)).not.toThrow();
    expect(() => checkIntegrationUri('AWS_PROXY', LAMBDA.replace('path/', 'path//'))).not.toThrow();
    expect(() => checkIntegrationUri('AWS_PROXY', 'arn:aws:apigateway:us-east-1:firehose:action/PutRecord')).not.toThrow();
    expect(() => checkIntegrationUri('AWS', 'arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue')).not.toThrow();
    expect(() => checkIntegrationUri('AWS', 'arn:aws:apigateway:us-east-1:bucket.s3:path/{key}')).not.toThrow();
  });

  it('refuses other ARNs in words of AWS', () => {
    expect(() => checkIntegrationUri('AWS', undefined)).toThrow('Invalid ARN specified in the request');
    expect(() => checkIntegrationUri('AWS', 'arn:aws-cn:apigateway:cn-north-1:sqs:path/q')).toThrow(
      'Invalid ARN specified in the request',
    );
    expect(() => checkIntegrationUri('AWS_PROXY', 'http://example.com')).toThrow('Invalid ARN specified in the request');
    expect(() => checkIntegrationUri('AWS_PROXY', 'arn:aws:lambda:us-east-1:123456789012:function:f')).toThrow(
      'AWS ARN for integration must contain path or action',
    );
    expect(() => checkIntegrationUri('AWS_PROXY', 'arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue')).toThrow(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
  });

  it('asks nothing of MOCK', () => {
    expect(() => checkIntegrationUri('MOCK', undefined)).not.toThrow();
  });
});
