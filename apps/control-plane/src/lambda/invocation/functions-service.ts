import { AwsError } from '@gatehouse/aws-wire';
import { ADMITTED_CALLER, CALLER_HEADER, functionArn, REVISION_HEADER, type FunctionName } from '@gatehouse/lambda-contract';
import { sign } from '@gatehouse/sigv4';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import * as http from 'node:http';
import * as https from 'node:https';
import { ControlPlaneConfig } from '../../config.js';

/** Shorter than the functions service and balancers keep idle connections, so that none is used that they have closed. */
const IDLE_MS = 15_000;
/** For a connection to come about. What a function takes is bounded by its own timeout. */
const CONNECT_MS = 5_000;

/** One invocation that the caller was allowed. */
export interface AdmittedInvocation {
  target: FunctionName;
  streams: boolean;
  /** Of the version that the target stands for; a functions process answers once it has it. */
  revisionId: string;
  /** Of Lambda's Invoke, in lower case. */
  headers: Readonly<Record<string, string>>;
  event: Buffer;
}

/** The service that runs functions, called as Lambda is, with signatures of the data plane's key. */
@Injectable()
export class FunctionsService implements OnApplicationShutdown {
  private readonly client: typeof http | typeof https;
  private readonly agent: http.Agent;

  constructor(private readonly config: ControlPlaneConfig) {
    this.client = config.functionsEndpoint?.protocol === 'https:' ? https : http;
    this.agent = new this.client.Agent({ keepAlive: true, timeout: IDLE_MS });
  }

  /** After the last request was answered. */
  onApplicationShutdown(): void {
    this.agent.destroy();
  }

  /**
   * Sends an invocation, once: a function may have run although its answer was lost. Resolves with the head of the answer, whose body is still to be read.
   * Throws `ServiceException` where the service is not configured or does not answer; standard error says why.
   */
  async invoke({ target, streams, revisionId, headers, event }: AdmittedInvocation): Promise<http.IncomingMessage> {
    const { functionsEndpoint: endpoint, dataPlaneKey } = this.config;
    if (!endpoint)
      throw new AwsError('ServiceException', 'Functions cannot be invoked here: GATEHOUSE_FUNCTIONS_ENDPOINT is not set');
    const name = encodeURIComponent(functionArn(target));
    const path = streams
      ? `/2021-11-15/functions/${name}/response-streaming-invocations`
      : `/2015-03-31/functions/${name}/invocations`;
    const url = new URL(path, endpoint);
    const said = { ...headers, [CALLER_HEADER]: ADMITTED_CALLER, [REVISION_HEADER]: revisionId };
    const signing = { region: target.region, service: 'lambda' };
    const signed = sign({ method: 'POST', url, headers: said, body: event }, dataPlaneKey.calls, signing);
    try {
      return await this.send(url, signed, event);
    } catch (error) {
      console.error(`functions service: ${error instanceof Error ? error.message : String(error)}`);
      throw new AwsError('ServiceException', 'The function could not be invoked. Please try again later.');
    }
  }

  private send(url: URL, headers: Record<string, string>, body: Buffer): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', agent: this.agent, headers: { ...headers, 'content-length': body.length } };
      const request = this.client.request(url, options, resolve);
      request.on('error', reject);
      request.once('socket', (socket) => {
        if (!socket.connecting) return;
        const late = setTimeout(() => request.destroy(new Error('connecting took too long')), CONNECT_MS);
        const arrived = () => clearTimeout(late);
        socket.once('connect', arrived).once('close', arrived);
      });
      request.end(body);
    });
  }
}
