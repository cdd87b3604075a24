import { PatternMatcher, UndecidedMatch } from '@gatehouse/patterns';
import type { ErrorResponseSnapshot } from '@gatehouse/snapshot';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import type { AnswerStep } from '../rest-pipeline.js';
import { compileSelected, selectedAnswer, type SelectedResponse } from './selected-answer.js';

const BRACE = 0x7b;

/**
 * Integration response of a function that is called as an AWS service: the first response whose pattern matches the `errorMessage` of what the function answers, which
 * is an empty text where there is none, else the default. Source: recorded behaviour of AWS.
 */
export function answerByError(responses: readonly ErrorResponseSnapshot[], context: IntegrationContext): AnswerStep {
  const compiled = responses.map((response) => ({
    matcher: response.pattern === null ? null : new PatternMatcher(response.pattern),
    response: compileSelected(response, context),
  }));
  const byPattern = compiled.filter(({ matcher }) => matcher !== null);
  const fallback = compiled.find(({ matcher }) => matcher === null)?.response;
  const select = (body: Buffer): SelectedResponse | undefined => {
    if (byPattern.length === 0) return fallback;
    const message = errorMessageOf(body);
    return byPattern.find(({ matcher }) => matcher?.matches(message))?.response ?? fallback;
  };
  const answer = selectedAnswer(({ body }) => select(body as Buffer), { traced: true });
  return (exchange, draft): GatewayError | undefined => {
    try {
      return answer(exchange, draft);
    } catch (error) {
      if (error instanceof UndecidedMatch) return ERRORS.undecidedSelection;
      throw error;
    }
  };
}

function errorMessageOf(body: Buffer): string {
  // Only an object has members.
  if (body.indexOf(BRACE) < 0) return '';
  try {
    const answer = JSON.parse(body.toString('utf8')) as { errorMessage?: unknown } | null;
    const message = answer !== null && Object.hasOwn(answer, 'errorMessage') ? answer.errorMessage : undefined;
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
}
