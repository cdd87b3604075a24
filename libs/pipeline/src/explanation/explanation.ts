import type { Exchange } from '../exchange.js';
import { answerError } from '../gateway-response/answer-error.js';
import { internalError } from '../gateway-response/gateway-error.js';
import { BufferBody } from '../http/buffer-body.js';
import type { GatewayResponse, Responder } from '../http/gateway-response.js';
import type { AnswerDraft, AnswerStep, RequestStep, RoadWatch, StepResult } from '../rest-pipeline.js';
import { CollectedResponse, type ReadResponse } from '../test-invocation/collected-response.js';
import { explain } from './explain.js';
import { rounded, toldError, type ToldStep } from './told-step.js';

/** Bytes of an answer's body that are told. */
const MOST_BODY_BYTES = 262_144;

/** A body before something was made of it, where it was there whole. */
export type SeenBody = Buffer | null;

/**
 * Watches one request on its way, for who may know why it goes the way it goes: each step of a road of its own, which is the road of all others. The explanation takes the
 * answer's place, and has the answer in it.
 */
export class Explanation implements RoadWatch, Responder {
  readonly methodRequest: ToldStep[] = [];
  readonly answerSteps: ToldStep[] = [];
  /** The backend's answer before the integration response. */
  answered: { status: number; headers: readonly string[]; body: SeenBody } | null = null;
  /** The body that goes to the backend. */
  sent: SeenBody = null;
  private readonly response = new CollectedResponse(MOST_BODY_BYTES);

  constructor(
    private readonly exchange: Exchange,
    private readonly client: Responder,
  ) {}

  requestStep(name: string, step: RequestStep): RequestStep {
    return (exchange) => {
      const from = performance.now();
      const result = step(exchange);
      if (!(result instanceof Promise)) return this.passed(name, from, result);
      return result.then((late) => this.passed(name, from, late));
    };
  }

  private passed<Result extends Awaited<StepResult>>(step: string, from: number, result: Result): Result {
    const milliseconds = rounded(performance.now() - from);
    const body = this.exchange.backendRequest?.body;
    if (body instanceof BufferBody) this.sent = body.bytes;
    if (result === undefined) this.methodRequest.push({ step, milliseconds, outcome: 'passed' });
    else if (typeof result === 'symbol') this.methodRequest.push({ step, milliseconds, outcome: 'answered' });
    else this.methodRequest.push({ step, milliseconds, outcome: 'refused', error: toldError(result) });
    return result;
  }

  answerStep(name: string, step: AnswerStep): AnswerStep {
    return (exchange, draft) => {
      this.answered ??= { status: draft.status, headers: [...draft.headers], body: seen(draft.body) };
      const from = performance.now();
      const error = step(exchange, draft);
      const told = { step: name, milliseconds: rounded(performance.now() - from) };
      this.answerSteps.push(
        error === undefined ? { ...told, outcome: 'passed' } : { ...told, outcome: 'refused', error: toldError(error) },
      );
      return error;
    };
  }

  /** Takes the answer, and gives the client the explanation in its place. Throws `UnwritableAnswer` as a client's transport would. */
  respond(response: GatewayResponse): void {
    this.response.respond(response);
    void this.response.read.then((read) => this.client.respond(this.inPlaceOf(read)));
  }

  private inPlaceOf(read: ReadResponse): GatewayResponse {
    const { exchange } = this;
    try {
      const body = Buffer.from(explain(exchange, this, read));
      return { status: 200, headers: HEADERS, body, length: body.length };
    } catch (error) {
      return answerError(internalError(error), exchange.requestId, exchange.extendedRequestId);
    }
  }
}

/** No answer is mistaken for one of the API, or kept by anybody. */
const HEADERS = ['Content-Type', 'application/json', 'Cache-Control', 'no-store', 'x-gatehouse-explained', 'true'];

function seen(body: AnswerDraft['body']): SeenBody {
  return Buffer.isBuffer(body) ? body : null;
}
