import { DecisionCache, UserPools, type PipelineServices, type Upstream } from '@gatehouse/pipeline';
import type { Limiter } from '@gatehouse/throttling';

const EVERYTHING: Limiter = { throttle: () => true, quota: () => true, count: () => undefined };
const MEBIBYTE = 1_048_576;

/** What calls nobody. */
const NOBODY: Upstream = {
  send() {
    throw new Error('nothing is called here');
  },
  close: () => Promise.resolve(),
};

/** What the steps of a stage use, from what matters to a spec: by default nothing is limited, and nothing can be called. */
export function pipelineServices(given: Partial<PipelineServices> = {}): PipelineServices {
  const upstream = given.upstream ?? NOBODY;
  return {
    limiter: EVERYTHING,
    upstream,
    lambda: null,
    aws: null,
    vpcLinks: new Map(),
    cache: null,
    decisions: new DecisionCache(MEBIBYTE),
    userPools: new UserPools({ upstream, issuers: new Map(), mostBytes: MEBIBYTE }),
    signers: { find: () => undefined },
    bodyLimit: 10_485_760,
    ...given,
  };
}
