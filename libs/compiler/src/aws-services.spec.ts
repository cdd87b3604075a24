import { describe, expect, it } from 'vitest';
import { actionProtocol, awsService } from './aws-services.js';

describe('awsService', () => {
  it.each([
    ['sqs', 'sqs.eu-west-1.amazonaws.com', 'eu-west-1', 'sqs'],
    ['email', 'email.eu-west-1.amazonaws.com', 'eu-west-1', 'ses'],
    ['runtime.sagemaker', 'runtime.sagemaker.eu-west-1.amazonaws.com', 'eu-west-1', 'sagemaker'],
    ['abc-ats.iotdata', 'abc-ats.iot.eu-west-1.amazonaws.com', 'eu-west-1', 'iotdata'],
    ['abc.appsync-api', 'abc.appsync-api.eu-west-1.amazonaws.com', 'eu-west-1', 'appsync'],
    ['iam', 'iam.amazonaws.com', 'us-east-1', 'iam'],
  ])('%s is at %s', (name, host, region, signingName) => {
    expect(awsService(name, 'eu-west-1')).toEqual({ host, region, signingName });
  });
});

describe('actionProtocol', () => {
  it('knows how actions are called', () => {
    expect(actionProtocol('sns')).toEqual({ by: 'query' });
    expect(actionProtocol('states')).toEqual({ by: 'json', target: 'AWSStepFunctions', version: '1.0' });
  });

  it.each(['s3', 'apigateway', 'constructor', ''])('does not guess: %j', (name) => {
    expect(actionProtocol(name)).toBeUndefined();
  });
});
