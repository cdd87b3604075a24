import type { Exchange } from '../exchange.js';
import { ERRORS, internalError } from '../gateway-response/gateway-error.js';
import type { BodyStream } from '../http/body-stream.js';
import { headerInfo } from '../http/header-info.js';
import type { AnswerDraft } from '../rest-pipeline.js';
import { undoCoding } from './decoded-body.js';

/** Source: AWS, quotas of REST APIs: payload size. */
const MOST_BYTES = 10_485_760;

/** Takes an answer's body whole, decoded, and then has the answer go through the rest of the road. */
export function collectAnswer(exchange: Exchange, draft: AnswerDraft): void {
  const headers: string[] = [];
  for (let i = 0; i < draft.headers.length; i += 2) {
    const [name, value] = [draft.headers[i] as string, draft.headers[i + 1] as string];
    if (headerInfo(name).lower === 'content-encoding' && undoCoding(exchange, draft, value)) continue;
    headers.push(name, value);
  }
  const body = draft.body as BodyStream;
  const chunks: Buffer[] = [];
  let bytes = 0;
  body.start({
    data(chunk) {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) return void chunks.push(Buffer.from(chunk));
      chunks.length = 0;
      body.destroy();
      exchange.fail(ERRORS.answerTooLarge);
    },
    end() {
      const whole = Buffer.concat(chunks);
      exchange.integrationEndedAt = performance.now();
      try {
        exchange.conclude({ ...draft, headers, body: whole, length: whole.length });
      } catch (error) {
        exchange.fail(internalError(error));
      }
    },
    // Where the backend broke off the request has failed of that already.
    fail: () => exchange.fail(ERRORS.badAnswer),
  });
}
