import type { ApiStageModel, QuotaModel, ThrottleModel } from '@gatehouse/api-model';
import { conflict } from '@gatehouse/aws-wire';
import { readMethodThrottleKey } from '@gatehouse/compiler';
import { escapeSegment, pointerSegments } from '../../patch/json-pointer.js';
import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchOperation, PatchTable } from '../../patch/patch-table.js';
import { decimalNumber, findEntry, removeEntry, setEntry, textOrNull, wholeNumber } from '../../patch/patch-values.js';
import {
  burstRefusal,
  checkName,
  limitRefusal,
  malformedApiStage,
  MAXIMUM_INTEGER,
  offsetRefusal,
  periodRefusal,
  rateRefusal,
  unknownApiStage,
} from './usage-plan-rules.js';

/** A usage plan while it is patched: a quota may be incomplete between two operations. */
export interface UsagePlanDraft {
  usagePlanId: string;
  name: string;
  description: string | null;
  productCode: string | null;
  throttle: ThrottleModel | null;
  quota: Partial<QuotaModel> | null;
  apiStages: ApiStageModel[];
}

/** What names an API stage in a patch: `{apiId}:{stage}`. Throws `BadRequestException` for everything else. */
export function readApiStage(value: string | undefined): { apiId: string; stage: string } {
  const [apiId, stage, ...rest] = (value ?? '').split(':');
  if (!apiId || !stage || rest.length > 0) throw malformedApiStage();
  return { apiId, stage };
}

/** What may be patched in a usage plan, removable paths in AWS's order and spelling. Whether the result is complete is checked after all operations. */
export const usagePlanPatch: PatchTable<UsagePlanDraft> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/name', replace: (plan, value) => (plan.name = checkName(value)) },
    { path: '/description', replace: (plan, value) => (plan.description = textOrNull(value)) },
    { path: '/apiStages', add: addApiStage, remove: removeApiStage },
    { path: '/quota', remove: (plan) => (plan.quota = null) },
    { path: '/quota/limit', ...addOrReplace(setQuotaLimit) },
    { path: '/quota/offset', ...addOrReplace(setQuotaOffset) },
    { path: '/quota/period', ...addOrReplace(setQuotaPeriod) },
    { path: '/throttle', remove: (plan) => (plan.throttle = null) },
    { path: '/throttle/rateLimit', ...addOrReplace((plan, value) => ((plan.throttle ??= {}).rateLimit = rate(value))) },
    { path: '/throttle/burstLimit', ...addOrReplace((plan, value) => ((plan.throttle ??= {}).burstLimit = burst(value))) },
    {
      path: '/productCode',
      ...addOrReplace((plan, value) => (plan.productCode = textOrNull(value))),
      remove: (plan) => (plan.productCode = null),
    },
    {
      path: '/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>',
      remove: (plan, _, stage, path, verb) =>
        removeEntry(methodThrottles(plan, stage), `${path}/${verb}`, `Invalid method specified for throttle: ${path}/${verb}`),
    },
    {
      path: '/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/rateLimit',
      ...addOrReplace((plan, value, stage, path, verb) => (methodThrottle(plan, stage, path, verb).rateLimit = rate(value))),
    },
    {
      path: '/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/burstLimit',
      ...addOrReplace((plan, value, stage, path, verb) => (methodThrottle(plan, stage, path, verb).burstLimit = burst(value))),
    },
    { path: '/apiStages/<apidId:stageName>/throttle', remove: (plan, _, stage) => delete findApiStage(plan, stage).throttle },
  ],
};

/**
 * Terraform writes the resource path of a method's throttle with its slashes as they are (`.../throttle//pets/GET/rateLimit`), others
 * escape them (`.../throttle/~1pets/GET/rateLimit`): AWS takes both, and both become the second.
 */
export function withEscapedResourcePath(operation: PatchOperation): PatchOperation {
  const [, head, rest] = /^(\/apiStages\/[^/]+\/throttle)\/(.+)$/.exec(operation.path ?? '') ?? [];
  if (!head || !rest) return operation;
  const segments = pointerSegments(`/${rest}`);
  if (!segments) return operation;
  const last = segments.at(-1)!;
  const limit = last === 'rateLimit' || last === 'burstLimit' ? [segments.pop()!] : [];
  const verb = segments.pop();
  if (verb === undefined) return operation;
  const path = `/${segments.join('/').replace(/^\/+/, '')}`;
  return { ...operation, path: [head, escapeSegment(path), escapeSegment(verb), ...limit].join('/') };
}

type Setter = (plan: UsagePlanDraft, value: string | undefined, ...names: string[]) => void;

/** Neither needs the other: AWS takes both for a limit that is there and for one that is not. */
function addOrReplace(set: Setter): { add: Setter; replace: Setter } {
  return { add: set, replace: set };
}

function addApiStage(plan: UsagePlanDraft, value: string | undefined): void {
  const { apiId, stage } = readApiStage(value);
  if (plan.apiStages.some((each) => each.apiId === apiId && each.stage === stage)) {
    throw conflict(`API Stage ${apiId}:${stage} is already associated with Usage Plan ${plan.usagePlanId}`);
  }
  plan.apiStages.push({ apiId, stage });
}

function removeApiStage(plan: UsagePlanDraft, value: string | undefined): void {
  plan.apiStages.splice(plan.apiStages.indexOf(findApiStage(plan, value)), 1);
}

function findApiStage(plan: UsagePlanDraft, value: string | undefined): ApiStageModel {
  const { apiId, stage } = readApiStage(value);
  const found = plan.apiStages.find((each) => each.apiId === apiId && each.stage === stage);
  if (!found) throw unknownApiStage(apiId, stage, plan.usagePlanId);
  return found;
}

function methodThrottles(plan: UsagePlanDraft, stage: string | undefined): Record<string, ThrottleModel> {
  return (findApiStage(plan, stage).throttle ??= {});
}

/** The limit of one method, for writing; made where there is none. */
function methodThrottle(plan: UsagePlanDraft, stage?: string, path?: string, verb?: string): ThrottleModel {
  const throttles = methodThrottles(plan, stage);
  const key = `${path}/${verb}`;
  if (!readMethodThrottleKey(key)) {
    throw LISTS_PATHS.path({ op: 'replace', path: `/apiStages/${stage}/throttle/${escapeSegment(path ?? '')}/${verb}` }, []);
  }
  const throttle = findEntry(throttles, key) ?? {};
  setEntry(throttles, key, throttle);
  return throttle;
}

function setQuotaLimit(plan: UsagePlanDraft, value: string | undefined): void {
  plan.quota = { ...plan.quota, limit: wholeNumber(value, 0, MAXIMUM_INTEGER, limitRefusal()) };
}

function setQuotaOffset(plan: UsagePlanDraft, value: string | undefined): void {
  plan.quota = { ...plan.quota, offset: wholeNumber(value, 0, MAXIMUM_INTEGER, offsetRefusal()) };
}

function setQuotaPeriod(plan: UsagePlanDraft, value: string | undefined): void {
  if (value !== 'DAY' && value !== 'WEEK' && value !== 'MONTH') throw periodRefusal();
  plan.quota = { ...plan.quota, period: value };
}

const rate = (value: string | undefined) => decimalNumber(value, 0, rateRefusal());
const burst = (value: string | undefined) => wholeNumber(value, 0, MAXIMUM_INTEGER, burstRefusal());
