import { dataPlaneKey } from '@gatehouse/snapshot';
import { checkSignature, readSignature, verifySignature } from '@gatehouse/sigv4';
import {
  gatewayFrom,
  httpBackend,
  restApiModel,
  type GatewayFromOptions,
  type MethodsOf,
  type ReceivedRequest,
  type TestGateway,
} from '@gatehouse/testing';
import { crc32 } from 'node:zlib';

export const HELLO = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

/** The key with which gateways of specs sign. */
const { calls } = dataPlaneKey(Buffer.alloc(32, 7));

/** One invocation, as whoever runs functions sees it. */
export interface Invoked {
  url: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** The body as JSON. */
  event: ProxyEventJson;
}

export interface ProxyEventJson {
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  queryStringParameters: Record<string, string> | null;
  multiValueQueryStringParameters: Record<string, string[]> | null;
  requestContext: Record<string, unknown> & { identity: Record<string, unknown> };
  [member: string]: unknown;
}

export type LambdaAnswer = (response: Parameters<NonNullable<Parameters<typeof httpBackend>[0]>>[0], invoked: Invoked) => void;

export interface FakeLambda {
  origin: string;
  readonly invoked: Invoked[];
  /** What comes next is answered by. */
  answer: LambdaAnswer;
  close(): Promise<void>;
}

/** Something that speaks Invoke on a free port, and answers 403 to what is not signed as gateways sign. */
export async function fakeLambda(credentials = calls): Promise<FakeLambda> {
  const invoked: Invoked[] = [];
  const backend = await httpBackend((response, request) => {
    try {
      checkCall(request, credentials);
    } catch (error) {
      response.writeHead(403).end(JSON.stringify({ message: (error as Error).message }));
      return;
    }
    let event = null as unknown as ProxyEventJson;
    try {
      event = JSON.parse(request.body) as ProxyEventJson;
    } catch {
      // Not every event is JSON.
    }
    const names = request.headers.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    const headers = Object.fromEntries(names.map((name) => [name, request.header(name)]));
    const one = { url: request.url, headers, body: request.bytes, event };
    invoked.push(one);
    lambda.answer(response, one);
  });
  const lambda: FakeLambda = {
    origin: backend.url,
    invoked,
    answer: (response) => response.end('{}'),
    close: () => backend.close(),
  };
  return lambda;
}

/** Throws for a call that is not signed, or not with all headers that say something. */
function checkCall({ method, url, headers, bytes }: ReceivedRequest, credentials: typeof calls): void {
  const head = { method, rawTarget: url, rawHeaders: headers };
  const signature = readSignature(head);
  if (signature.accessKeyId !== credentials.accessKeyId) throw new Error('another key');
  checkSignature(signature, head, { service: 'lambda', now: Date.now() });
  const names = headers.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
  const unsigned = names.filter((name) => name.startsWith('x-') && !signature.signedHeaders.includes(name));
  if (unsigned.length > 0 || signature.region !== 'us-east-1') throw new Error(`not signed: ${unsigned.join()}`);
  verifySignature(signature, head, bytes, credentials.secretAccessKey);
}

/** An answer of a function: its payload, as JSON where it is no text. */
export function payload(value: unknown, headers: Record<string, string> = {}): LambdaAnswer {
  const text = typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
  return (response) => response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(text);
}

/** An error of Lambda itself. */
export function refusal(status: number, name: string, message: string): LambdaAnswer {
  return (response) => response.writeHead(status, { 'x-amzn-ErrorType': name }).end(JSON.stringify({ Type: 'User', message }));
}

export const invocationsOf = (functionArn: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

type Integration = NonNullable<MethodsOf[string]['integration']>;

/** A gateway whose methods call functions; the integration is one of `hello` where not said otherwise. */
export function callingFunctions(
  lambda: FakeLambda,
  methods: MethodsOf | Integration,
  { model, ...options }: GatewayFromOptions & { model?: Parameters<typeof restApiModel>[1] } = {},
): TestGateway {
  const all = 'type' in methods ? { 'ANY /pets/{id}': { integration: methods as Integration } } : (methods as MethodsOf);
  const complete = Object.entries(all).map(([key, { integration, ...method }]) => [
    key,
    { ...method, integration: { httpMethod: 'POST', uri: invocationsOf(HELLO), ...integration } },
  ]);
  return gatewayFrom(restApiModel(Object.fromEntries(complete) as MethodsOf, model), { lambda: lambda.origin, ...options });
}

/** One message of an event stream. */
export function frame(headers: Record<string, string>, body: Buffer | string): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(Buffer.byteLength(value));
      return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
    }),
  );
  const bytes = Buffer.from(body);
  const message = Buffer.alloc(12 + head.length + bytes.length + 4);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(head.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  head.copy(message, 12);
  bytes.copy(message, 12 + head.length);
  message.writeUInt32BE(crc32(message.subarray(0, -4)), message.length - 4);
  return message;
}

export const chunkFrame = (body: Buffer | string) =>
  frame({ ':message-type': 'event', ':event-type': 'PayloadChunk', ':content-type': 'application/octet-stream' }, body);
export const completeFrame = (outcome: object = {}) =>
  frame(
    { ':message-type': 'event', ':event-type': 'InvokeComplete', ':content-type': 'application/json' },
    JSON.stringify(outcome),
  );
