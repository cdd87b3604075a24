import { badRequest } from '@gatehouse/aws-wire';
import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { wholeNumber } from '../../patch/patch-values.js';
import { MAXIMUM_INTEGER } from '../usage-plan/usage-plan-rules.js';

/** What may be patched in the usage of one key: what remains of its quota in the current period; undefined while nobody said. */
export interface UsageDraft {
  remaining: number | undefined;
}

export const usagePatch: PatchTable<UsageDraft> = {
  refusal: LISTS_PATHS,
  rules: [
    {
      path: '/remaining',
      replace: (usage, value) => (usage.remaining = wholeNumber(value, 0, MAXIMUM_INTEGER, remainingRefusal())),
    },
  ],
};

const remainingRefusal = () => badRequest('Usage Plan remaining quota must be a whole number that is not negative');
