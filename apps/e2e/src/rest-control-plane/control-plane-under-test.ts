import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type $Command,
  type APIGatewayClient,
  type APIGatewayClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-api-gateway';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { admin } from '../admin.js';
import type { Answer } from '../http.js';
import { Product, type ControlPlane, type ROOT_KEY } from '../product.js';
import { noteAsked } from './asked-operations.js';
import { checkAnswer } from './wire-rules.js';

export const ACCOUNT = '123456789012';

/** Identifiers of AWS's two lengths. */
export const LONG_ID = /^[a-z0-9]{10}$/;
export const SHORT_ID = /^[a-z0-9]{6}$/;

/** One control plane with its Postgres and Redis, asked by the real SDK; what it answers is checked on the wire, call by call. */
export class ControlPlaneUnderTest {
  readonly controlPlane: ControlPlane;
  readonly client: APIGatewayClient;

  private constructor(readonly product: Product) {
    this.controlPlane = product.controlPlanes[0]!;
    this.client = this.controlPlane.client();
    checkEveryAnswer(this.client);
  }

  /** @param gateways for operations that need one */
  static async start(env: Record<string, string> = {}, gateways = 0): Promise<ControlPlaneUnderTest> {
    return new ControlPlaneUnderTest(await Product.start({ controlPlanes: 1, gateways }, env));
  }

  stop(): Promise<void> {
    return this.product.stop();
  }

  /** The SDK's answer without what it says of the connection. */
  async send<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    command: $Command<I, O, APIGatewayClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>,
  ): Promise<Omit<O, '$metadata'>> {
    const { $metadata: _, ...answer } = await this.client.send(command);
    return answer;
  }

  /** `NotFoundException 404: Invalid ...`, or `no error`. */
  refusal<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    command: $Command<I, O, APIGatewayClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>,
  ): Promise<string> {
    return this.send(command).then(() => 'no error', describeRefusal);
  }

  /** Like `refusal`, of somebody who has other credentials. */
  refusalTo<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    credentials: typeof ROOT_KEY,
    command: $Command<I, O, APIGatewayClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>,
  ): Promise<string> {
    const client = this.controlPlane.client(credentials);
    checkEveryAnswer(client);
    return client.send(command).then(() => 'no error', describeRefusal);
  }

  /** One signed request that the SDK would not send. */
  raw(method: string, path: string, body?: string | object): Promise<Answer> {
    return admin(this.controlPlane, method, path, body);
  }

  /** Like `refusal`, of a request that the SDK would not send. */
  async rawRefusal(method: string, path: string, body?: string | object): Promise<string> {
    const { status, headers, body: text } = await this.raw(method, path, body);
    if (status < 400) return 'no error';
    return `${String(headers['x-amzn-errortype'])} ${status}: ${(JSON.parse(text) as { message: string }).message}`;
  }

  /** An API with nothing but its root. */
  async newApi(name = 'test'): Promise<{ restApiId: string; rootId: string }> {
    const { id, rootResourceId } = await this.send(new CreateRestApiCommand({ name }));
    return { restApiId: id!, rootId: rootResourceId! };
  }

  /** An API with `GET /` that is answered by a mock. */
  async newMock(): Promise<MethodKey> {
    const { restApiId, rootId } = await this.newApi();
    const key = { restApiId, resourceId: rootId, httpMethod: 'GET' };
    await this.send(new PutMethodCommand({ ...key, authorizationType: 'NONE' }));
    await this.send(new PutIntegrationCommand({ ...key, type: 'MOCK' }));
    return key;
  }

  /** The same, deployed to a stage. */
  async newStage(stageName = 'prod'): Promise<{ restApiId: string; stageName: string; deploymentId: string }> {
    const { restApiId } = await this.newMock();
    const { id } = await this.send(new CreateDeploymentCommand({ restApiId, stageName }));
    return { restApiId, stageName, deploymentId: id! };
  }
}

export interface MethodKey {
  restApiId: string;
  resourceId: string;
  httpMethod: string;
}

export const unknownApi = (id: string) => `NotFoundException 404: Invalid API identifier specified ${ACCOUNT}:${id}`;
export const badRequest = (message: string) => `BadRequestException 400: ${message}`;
export const notFound = (message: string) => `NotFoundException 404: ${message}`;
export const conflict = (message: string) => `ConflictException 409: ${message}`;
/** What the service model itself refuses, before anything is looked up. */
export const invalid = (...violations: string[]) =>
  `ValidationException 400: ${violations.length} validation error${violations.length > 1 ? 's' : ''} detected: ${violations.join('; ')}`;

function describeRefusal(error: Error & { $metadata?: { httpStatusCode?: number } }): string {
  if (!error.$metadata?.httpStatusCode) throw error;
  return `${error.name} ${error.$metadata.httpStatusCode}: ${error.message}`;
}

function checkEveryAnswer(client: APIGatewayClient): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; headers: Record<string, string>; body: Readable };
      const body = await buffer(response.body);
      response.body = Readable.from([body]);
      const operation = context.commandName!.replace(/Command$/, '');
      checkAnswer(operation, { status: response.statusCode, headers: response.headers, body: body.toString('utf8') });
      noteAsked(operation, response.statusCode);
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
}
