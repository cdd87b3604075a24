import {
  CreateDeploymentCommand,
  ImportRestApiCommand,
  type APIGatewayClient,
  type CreateDeploymentCommandInput,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { createArchive } from '@gatehouse/function-archive';
import { served } from '../admin.js';
import { startBackend, type Backend } from '../backend.js';
import type { Answer, Ask } from '../http.js';
import { Product, REGION, type ControlPlane, type GatewayProcess } from '../product.js';

export const ACCOUNT = '123456789012';

/** Methods by path and verb (`any` is ANY), as operations of OpenAPI. */
export type Paths = Record<string, Record<string, object>>;

/** The product with one gateway and a backend, for rows of AWS's behaviour that are asked one by one. */
export class RowsLab {
  readonly client: APIGatewayClient;
  /** Of what was written and is not waited for yet. */
  private readonly publications: string[] = [];

  private constructor(
    readonly product: Product,
    readonly backend: Backend,
  ) {
    this.client = this.controlPlane.client();
    this.client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { headers } = result.response as { headers?: Record<string, string> };
        const publication = headers?.['x-gatehouse-publication'];
        if (publication !== undefined) this.publications.push(publication);
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
  }

  /** The backend answers what it was asked unless `handle` does otherwise. */
  static async start({
    functions = false,
    env = {},
    handle,
  }: { functions?: boolean; env?: Record<string, string>; handle?: Parameters<typeof startBackend>[0] } = {}): Promise<RowsLab> {
    const backend = await startBackend(handle);
    const product = await Product.start({ controlPlanes: 1, gateways: 1, functions }, { GATEHOUSE_WORKERS: '1', ...env });
    return new RowsLab(product, backend);
  }

  get controlPlane(): ControlPlane {
    return this.product.controlPlanes[0]!;
  }

  get gateway(): GatewayProcess {
    return this.product.gateways[0]!;
  }

  /** Imports an API of `paths`, deploys it to the stage `dev` and waits until it is served; gives its id. `more` is what else its document says. */
  async serve(paths: Paths, more: object = {}, deployment: Partial<CreateDeploymentCommandInput> = {}): Promise<string> {
    const document = { openapi: '3.0.1', info: { title: 'rows', version: '1' }, paths, ...more };
    const { id } = await this.client.send(
      new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(document)), failOnWarnings: true }),
    );
    await this.client.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'dev', ...deployment }));
    await this.allServed();
    return id!;
  }

  /** Resolves once the gateway serves all that `client` wrote. */
  async allServed(): Promise<void> {
    await Promise.all(this.publications.splice(0).map((publication) => served(this.controlPlane, publication)));
  }

  call(apiId: string, path: string, more: Partial<Ask> = {}): Promise<Answer> {
    return this.gateway.call(apiId, path, more);
  }

  /** A function that every API may call; gives its ARN. */
  async createFunction(name: string, handler: string): Promise<string> {
    const lambda = this.controlPlane.lambda();
    const { FunctionArn } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
        Code: { ZipFile: await createArchive([{ path: 'index.mjs', content: handler }]) },
      }),
    );
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: name,
        StatementId: 'any-api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:*`,
      }),
    );
    return FunctionArn!;
  }

  async stop(): Promise<void> {
    await this.product.stop();
    await this.backend.stop();
  }
}

/** A method with the integration `x-amazon-apigateway-integration`. */
export const method = (integration: object, more: object = {}): object => ({
  responses: { 200: { description: '' } },
  'x-amazon-apigateway-integration': { passthroughBehavior: 'when_no_match', ...integration },
  ...more,
});

/** A MOCK that answers 200 with what `template` makes. */
export const mock = (template: string, more: object = {}): object =>
  method(
    {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200', responseTemplates: { 'application/json': template } } },
    },
    more,
  );

/** The URI by which an integration or an authorizer calls a function. */
export const invocationsOf = (functionArn: string): string =>
  `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

/** What a client sees of one of the gateway's own errors. */
export const errorOf = ({ status, body, headers }: Answer): [status: number, body: string, type: unknown] => [
  status,
  body,
  headers['x-amzn-errortype'],
];

export const FORBIDDEN = [403, '{"message":"Forbidden"}', 'ForbiddenException'];
export const UNMATCHED = [403, '{"message":"Missing Authentication Token"}', 'MissingAuthenticationTokenException'];
export const INTERNAL = [500, '{"message":"Internal server error"}', 'InternalServerErrorException'];
