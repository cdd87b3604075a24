import { createArchive } from '@gatehouse/function-archive';
import http from 'node:http';
import type { AdminClient } from '../admin-client.js';

const FUNCTIONS = '/2015-03-31/functions';
const STAGE = 'bench';
const WAIT_SECONDS = 30;

export interface FunctionAnswer {
  status: number;
  body: string;
  /** From the first byte of the request to the last of the answer. */
  ms: number;
}

/** Functions, each behind a path of its own name of one API, and calls of them through a gateway over kept-alive connections. */
export class FunctionsApi {
  private readonly agent = new http.Agent({ keepAlive: true });

  constructor(
    private readonly admin: AdminClient,
    private readonly port: number,
  ) {}

  /** Deploys an API with a function of the same code behind each name, and waits until the gateway serves it. Answers what calls one by name. */
  async deploy(names: readonly string[], handler: string): Promise<(name: string) => Promise<FunctionAnswer>> {
    const { admin } = this;
    const zip = (await createArchive([{ path: 'index.mjs', content: handler }])).toString('base64');
    const api = await admin.call<{ id: string; rootResourceId: string }>('POST', '/restapis', { name: names[0] });
    for (const name of names) {
      const { FunctionArn } = await admin.call<{ FunctionArn: string }>('POST', FUNCTIONS, {
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/bench',
        Timeout: 30,
        Code: { ZipFile: zip },
      });
      await admin.call('POST', `${FUNCTIONS}/${name}/policy`, {
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      });
      const resources = `/restapis/${api.id}/resources`;
      const resource = await admin.call<{ id: string }>('POST', `${resources}/${api.rootResourceId}`, { pathPart: name });
      const method = `${resources}/${resource.id}/methods/GET`;
      await admin.call('PUT', method, { authorizationType: 'NONE' });
      const [, , , region] = FunctionArn.split(':');
      await admin.call('PUT', `${method}/integration`, {
        type: 'AWS_PROXY',
        httpMethod: 'POST',
        uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations`,
      });
    }
    const deployed = await admin.answer('POST', `/restapis/${api.id}/deployments`, { stageName: STAGE });
    if (deployed.status !== 201) throw new Error(`CreateDeployment: ${deployed.status} ${deployed.body}`);
    const path = `/gatehouse/publications/${deployed.publicationId}/wait`;
    const { served } = await admin.call<{ served: boolean }>('POST', path, { timeoutSeconds: WAIT_SECONDS });
    if (!served) throw new Error(`the gateway does not serve ${names[0]} after ${WAIT_SECONDS} s`);
    return (name) => this.call(`/_aws/execute-api/${api.id}/${STAGE}/${name}`);
  }

  private call(path: string): Promise<FunctionAnswer> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const request = http.get({ host: '127.0.0.1', port: this.port, path, agent: this.agent }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, ms: performance.now() - began }));
        response.on('error', reject);
      });
      request.on('error', reject);
    });
  }
}

/** Throws unless the function itself answered. */
export function answered({ status, body, ms }: FunctionAnswer): number {
  if (status !== 200) throw new Error(`a function was answered for by ${status} ${body}`);
  return ms;
}
