import 'reflect-metadata';
import { AwsError } from '@gatehouse/aws-wire';
import type { Type } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import {
  CreateFunctionRequest,
  DeleteFunctionRequest,
  InvokeRequest,
  TagResourceRequest,
  UpdateAliasRequest,
  UpdateFunctionCodeRequest,
} from '../generated/lambda/index.js';
import { readInput } from './read-input.js';

interface Given {
  body?: unknown;
  parameters?: Record<string, string>;
  headers?: Record<string, string>;
}

function read<T extends object>(type: Type<T>, { body, parameters = {}, headers = {} }: Given): T {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  return readInput({ parameters, query: new URLSearchParams(), headers, body: bytes }, type);
}

function refusal(type: Type<object>, given: Given): string {
  try {
    read(type, given);
  } catch (error) {
    if (error instanceof AwsError) return `${error.type}: ${error.message}`;
    throw error;
  }
  throw new Error('was accepted');
}

const created = (more: object) => ({
  body: { FunctionName: 'hello', Role: 'arn:aws:iam::123456789012:role/r', Code: { ZipFile: 'UEs=' }, ...more },
});

describe('inputs of Lambda', () => {
  it('have members that begin with capitals, and archives as bytes', () => {
    const zip = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const input = read(CreateFunctionRequest, created({ Code: { ZipFile: zip.toString('base64') }, Timeout: 3, Publish: true }));
    expect(input).toMatchObject({ FunctionName: 'hello', Code: { ZipFile: zip }, Timeout: 3, Publish: true });
    expect(
      read(UpdateFunctionCodeRequest, { parameters: { FunctionName: 'hello' }, body: { ZipFile: '' } }).ZipFile,
    ).toHaveLength(0);
  });

  it.each(['UEs', 'U*==', 'UEs=UEs=', '-_==', 'UEs=\n', 3, {}])('refuse what is not base64: %j', (zip) => {
    expect(refusal(CreateFunctionRequest, created({ Code: { ZipFile: zip } }))).toMatch(
      /^SerializationException: .* at '[cC]ode.[zZ]ipFile'$/,
    );
  });

  it('security class: regular expressions that explode: texts that are as long as an archive are refused before any pattern looks at them', () => {
    const long = 'a'.repeat(8 * 1024 * 1024);
    for (const more of [{ Handler: long }, { Environment: { Variables: { [`${long}*`]: 'x' } } }])
      expect(refusal(CreateFunctionRequest, created(more))).toMatch(/^BadRequestException: More than 1048576 characters in /);
  });

  it('take an event as its bytes', () => {
    const input = read(InvokeRequest, {
      parameters: { FunctionName: 'hello' },
      body: 'not json',
      headers: { 'x-amz-invocation-type': 'Event' },
    });
    expect(input).toEqual({ FunctionName: 'hello', InvocationType: 'Event', Payload: Buffer.from('not json') });
  });

  it('name members in lower camel case in what they refuse', () => {
    expect(refusal(DeleteFunctionRequest, { parameters: { FunctionName: 'a b' } })).toBe(
      "ValidationException: 1 validation error detected: Value 'a b' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?",
    );
    expect(refusal(CreateFunctionRequest, created({ Timeout: 0, EphemeralStorage: { Size: 1 } }))).toBe(
      "ValidationException: 2 validation errors detected: Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '1' at 'ephemeralStorage.size' failed to satisfy constraint: Member must have value greater than or equal to 512",
    );
  });

  it('repeat nothing of variables', () => {
    expect(refusal(CreateFunctionRequest, created({ Environment: { Variables: { 'A-B': 'secret' } } }))).toBe(
      "ValidationException: 1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    );
  });

  it('hold keys and values of maps to their limits', () => {
    const tags = (entries: object) => ({
      parameters: { Resource: 'arn:aws:lambda:us-east-1:123456789012:function:a' },
      body: { Tags: entries },
    });
    expect(read(TagResourceRequest, tags({ 'Team Ä': '' })).Tags).toEqual({ 'Team Ä': '' });
    expect(refusal(TagResourceRequest, tags({ 'a*': 'b' }))).toMatch(
      /Value '\{a\*=b\}' at 'tags' .* Map keys must satisfy constraint/,
    );
    expect(refusal(TagResourceRequest, tags({ a: 'x'.repeat(257) }))).toMatch(/Map value must satisfy constraint/);
    const weights = (weight: number) => ({
      parameters: { FunctionName: 'hello', Name: 'live' },
      body: { RoutingConfig: { AdditionalVersionWeights: { 1: weight } } },
    });
    expect(read(UpdateAliasRequest, weights(0.5)).RoutingConfig?.AdditionalVersionWeights).toEqual({ 1: 0.5 });
    expect(refusal(UpdateAliasRequest, weights(1.5))).toMatch(
      /at 'routingConfig.additionalVersionWeights' .* less than or equal to 1/,
    );
  });
});
