import type { QuotaModel, ThrottleModel } from '@gatehouse/api-model';
import { badRequest, notFound } from '@gatehouse/aws-wire';
import { readMethodThrottleKey } from '@gatehouse/compiler';

/** Largest value of AWS's integers. */
export const MAXIMUM_INTEGER = 2 ** 31 - 1;

/** The requests of the first period that a plan may leave out, by period. Source: the checks that AWS's Terraform provider repeats. */
const LARGEST_OFFSET = { DAY: 0, WEEK: 6, MONTH: 27 };

/** The name, given back. Throws `BadRequestException` for an empty one. */
export function checkName(name: string | undefined): string {
  if (!name) throw badRequest('Usage Plan name cannot be empty');
  return name;
}

/** Rate and burst, or null without either. Throws `BadRequestException` for limits below zero. */
export function checkThrottle(throttle: ThrottleModel | null | undefined): ThrottleModel | null {
  const { burstLimit, rateLimit } = throttle ?? {};
  if (burstLimit !== undefined && !(Number.isInteger(burstLimit) && burstLimit >= 0 && burstLimit <= MAXIMUM_INTEGER)) {
    throw burstRefusal();
  }
  if (rateLimit !== undefined && !(rateLimit >= 0 && rateLimit < Infinity)) throw rateRefusal();
  return burstLimit === undefined && rateLimit === undefined ? null : { burstLimit, rateLimit };
}

export const burstRefusal = () => badRequest('Usage Plan throttle burst limit must be a whole number that is not negative');
export const rateRefusal = () => badRequest('Usage Plan throttle rate limit must be a number that is not negative');

/** A quota with all its members. Throws `BadRequestException` that names the one which is missing or out of its bounds. */
export function checkQuota(quota: Partial<QuotaModel> | null | undefined): QuotaModel | null {
  if (!quota) return null;
  const { limit, offset = 0, period } = quota;
  if (limit === undefined || !(Number.isInteger(limit) && limit >= 0 && limit <= MAXIMUM_INTEGER)) throw limitRefusal();
  if (period === undefined || !Object.hasOwn(LARGEST_OFFSET, period)) throw periodRefusal();
  const largest = LARGEST_OFFSET[period];
  if (!(Number.isInteger(offset) && offset >= 0 && offset <= largest)) {
    throw badRequest(
      period === 'DAY'
        ? 'Usage Plan quota offset must be zero in the DAY period'
        : `Usage Plan quota offset must be between 0 and ${largest} inclusive in the ${period} period`,
    );
  }
  return { limit, offset, period };
}

export const limitRefusal = () => badRequest('Usage Plan quota limit must be a whole number that is not negative');
export const offsetRefusal = () => badRequest('Usage Plan quota offset must be a whole number that is not negative');
export const periodRefusal = () => badRequest('Usage Plan quota period must be one of [DAY, WEEK, MONTH]');

/** The limits of single methods, keyed `{resource path}/{VERB}`. Throws `BadRequestException` for a key that names no method. */
export function checkMethodThrottles(throttle: Record<string, ThrottleModel>): Record<string, ThrottleModel> {
  const checked = Object.entries(throttle).map(([key, limits]) => {
    if (!readMethodThrottleKey(key)) throw badRequest(`Invalid method specified for throttle: ${key}`);
    return [key, checkThrottle(limits) ?? {}] as const;
  });
  return Object.fromEntries(checked);
}

/** AWS's answer to an API stage that is missing or malformed. */
export const malformedApiStage = () => badRequest('Invalid API Stage specified');

/** AWS's answer to an API stage that does not exist or, in a removal, that the plan does not have. */
export const unknownApiStage = (apiId: string, stage: string, usagePlanId: string) =>
  notFound(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${usagePlanId}`);
