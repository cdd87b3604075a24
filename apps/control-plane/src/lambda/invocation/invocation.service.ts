import type { AdminCall } from '@gatehouse/admin-contract';
import {
  InvocationsOperations,
  type InvocationResponse,
  type InvokeRequest,
  type InvokeWithResponseStreamRequest,
  type InvokeWithResponseStreamResponse,
} from '@gatehouse/admin-contract/lambda';
import { AwsError } from '@gatehouse/aws-wire';
import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { DataSource } from 'typeorm';
import { findVersion } from '../function/find-function.js';
import { functionTarget } from '../function-target.js';
import { unsupported } from '../refusals.js';
import { FunctionsService } from './functions-service.js';
import { readPayload, throwError } from './read-answer.js';

/** Passes invocations on to the functions service, which runs what this control plane has published. */
@Injectable()
export class InvocationService extends InvocationsOperations {
  constructor(
    private readonly database: DataSource,
    private readonly functions: FunctionsService,
  ) {
    super();
  }

  override async invoke(call: AdminCall, input: InvokeRequest): Promise<InvocationResponse> {
    if (input.DurableExecutionName !== undefined) throw unsupported('DurableExecutionName', 'there are no durable functions');
    const answer = await this.send(call, input, false);
    return {
      StatusCode: answer.statusCode,
      FunctionError: headerOf(answer, 'x-amz-function-error'),
      LogResult: headerOf(answer, 'x-amz-log-result'),
      ExecutedVersion: headerOf(answer, 'x-amz-executed-version'),
      Payload: await readPayload(answer),
    };
  }

  override async invokeWithResponseStream(
    call: AdminCall,
    input: InvokeWithResponseStreamRequest,
  ): Promise<InvokeWithResponseStreamResponse> {
    const answer = await this.send(call, input, true);
    return {
      StatusCode: answer.statusCode,
      ExecutedVersion: headerOf(answer, 'x-amz-executed-version'),
      ResponseStreamContentType: headerOf(answer, 'content-type'),
      EventStream: answer,
    };
  }

  private async send(
    call: AdminCall,
    input: InvokeRequest | InvokeWithResponseStreamRequest,
    streams: boolean,
  ): Promise<IncomingMessage> {
    if (input.TenantId !== undefined) throw unsupported('TenantId', 'functions have no tenants of their own');
    const target = functionTarget(call.scope, input.FunctionName, input.Qualifier);
    const { revisionId } = await findVersion(this.database.manager, call.scope, target);
    const headers = invocationHeaders(input);
    const answer = await this.functions.invoke({ target, streams, revisionId, headers, event: input.Payload ?? Buffer.alloc(0) });
    // The function knows its invocation by this id, and so does its log.
    call.requestId = headerOf(answer, 'x-amzn-requestid') ?? call.requestId;
    if ((answer.statusCode ?? 500) >= 300) await throwError(answer);
    return answer;
  }
}

function invocationHeaders({ InvocationType, LogType, ClientContext }: InvokeRequest | InvokeWithResponseStreamRequest) {
  // What is not ASCII has no one meaning in a header, and is no base64.
  if (ClientContext !== undefined && !/^[ -~]*$/.test(ClientContext))
    throw new AwsError('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.');
  return {
    ...(InvocationType && { 'x-amz-invocation-type': InvocationType }),
    ...(LogType && { 'x-amz-log-type': LogType }),
    ...(ClientContext && { 'x-amz-client-context': ClientContext }),
  };
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
