import { AwsError, badRequest } from '@gatehouse/aws-wire';
import { sign } from '@gatehouse/sigv4';
import { INTERNAL_SERVICE, TEST_INVOCATION_PATH, type TestInvocation, type TestOutcome } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import * as http from 'node:http';
import * as https from 'node:https';
import { ControlPlaneConfig } from '../../config.js';

/** Of an answer: what a gateway tells of a body, in JSON, and of the log. */
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;
/** For what a test takes beside the call of its backend. */
const SLACK_MS = 10_000;

type Told = Exclude<TestOutcome, { kind: 'refused' }>;

/** The gateways, as administrators have methods and authorizers tested there: a gateway runs them from where it serves clients. */
@Injectable()
export class GatewayTests {
  constructor(
    @Inject(ControlPlaneConfig) readonly config: Pick<ControlPlaneConfig, 'testInvokeEndpoint' | 'dataPlaneKey' | 'atRestKey'>,
  ) {}

  /**
   * Has a test run.
   *
   * @param patience milliseconds that its backend or function may take
   * @throws `BadRequestException` for what cannot be tested, `TooManyRequestsException` where too much is tested at once, `ServiceUnavailableException` where no gateway
   *   answers; standard error says why
   */
  async run<K extends Told['kind']>(test: TestInvocation & { kind: K }, patience: number): Promise<Told & { kind: K }> {
    const { testInvokeEndpoint: endpoint } = this.config;
    if (!endpoint) throw badRequest('Nothing can be tested here: GATEHOUSE_TEST_INVOKE_ENDPOINT is not set');
    const outcome = await this.send(endpoint, test, patience + SLACK_MS).catch((error: Error) => {
      if (error instanceof AwsError) throw error;
      console.error(`test invocation: ${error.message}`);
      throw new AwsError('ServiceUnavailableException', 'No gateway could run the test. Please try again later.', 1);
    });
    if (outcome.kind === 'refused') throw badRequest(outcome.message);
    if (outcome.kind !== test.kind) throw new Error(`a gateway ran a test of another kind: ${outcome.kind}`);
    return outcome as Told & { kind: K };
  }

  private async send(endpoint: URL, test: TestInvocation, timeout: number): Promise<TestOutcome> {
    const url = new URL(TEST_INVOCATION_PATH, endpoint);
    const body = Buffer.from(JSON.stringify(test));
    const headers = sign({ method: 'POST', url, body }, this.config.dataPlaneKey.calls, {
      region: test.scope.region,
      service: INTERNAL_SERVICE,
    });
    const signal = AbortSignal.timeout(timeout);
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const { request } = url.protocol === 'https:' ? https : http;
      const options = { method: 'POST', signal, headers: { ...headers, 'content-length': body.length } };
      request(url, options, resolve).on('error', reject).end(body);
    });
    const text = await readText(answer);
    if (answer.statusCode === 429) throw new AwsError('TooManyRequestsException', 'Too Many Requests', 1);
    if (answer.statusCode !== 200) throw new Error(`a gateway answered ${answer.statusCode}: ${text.slice(0, 200).trim()}`);
    return JSON.parse(text) as TestOutcome;
  }
}

async function readText(answer: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_ANSWER_BYTES) throw new Error(`a gateway answered more than ${MOST_ANSWER_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
