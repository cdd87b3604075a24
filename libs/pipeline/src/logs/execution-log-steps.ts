import type { HttpMethod } from '@gatehouse/api-model';
import type { AnswerStep, RequestStep, StepFactory } from '../rest-pipeline.js';
import type { ServedRoute } from '../stage/served-deployment.js';
import type { ServedStage } from '../stage/served-stage.js';
import { ExecutionLog, type ExecutionLogSettings } from './execution-log.js';
import { Redaction } from './redacted.js';

// What tells a log of how a request goes: steps that a road has only where its stage logs executions.

/** Begins the log. The first step. */
export const beginLog: StepFactory = (route, stage, verb) => {
  const settings = settingsFor(route, stage, verb);
  return settings && ((exchange) => void (exchange.log = new ExecutionLog(settings, exchange)));
};

/** The next step looks at the API key. */
export const logVerification: StepFactory = (route, stage, verb) =>
  isLogged(route, stage, verb) ? ({ log }) => log?.verifying() : null;

/** All is admitted that comes to this step. */
export const logStart: StepFactory = (route, stage, verb) => (isLogged(route, stage, verb) ? ({ log }) => log?.started() : null);

const sending: RequestStep = ({ log }) => log?.sending();
const received: AnswerStep = ({ log }, draft) => log?.received(draft);
const completed: AnswerStep = ({ log }, draft) => log?.completed(draft);

/** Behind the integration request; before the integration response; behind the method response. */
export function stepsAroundIntegration(route: ServedRoute, stage: ServedStage, verb: HttpMethod) {
  return isLogged(route, stage, verb)
    ? { sending: [sending], received: [received], completed: [completed] }
    : { sending: [], received: [], completed: [] };
}

function isLogged(route: ServedRoute, stage: ServedStage, verb: HttpMethod): boolean {
  return stage.methodSetting(route, verb)?.executionLog !== undefined;
}

function settingsFor(route: ServedRoute, stage: ServedStage, verb: HttpMethod): ExecutionLogSettings | null {
  const wanted = stage.methodSetting(route, verb)?.executionLog;
  if (wanted === undefined) return null;
  const logGroup = `API-Gateway-Execution-Logs_${stage.key}${stage.isCanary === true ? '/Canary' : ''}`;
  return { ...wanted, logGroup, redaction: new Redaction(route.secretNames) };
}
