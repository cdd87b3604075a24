/** Every key of an installation shares this hash tag, so that one script may touch all of them in a Redis cluster. */
export const HASH_TAG = '{gatehouse}';

/** The keys of publishing; docs/architecture.md tells what each one holds. */
export const REDIS_KEYS = {
  epoch: `${HASH_TAG}:epoch`,
  complete: `${HASH_TAG}:complete`,
  sequence: `${HASH_TAG}:sequence`,
  log: `${HASH_TAG}:log`,
  documents: `${HASH_TAG}:documents`,
  revisions: `${HASH_TAG}:revisions`,
  maxRevision: `${HASH_TAG}:max-revision`,
  digest: `${HASH_TAG}:digest`,
  deployments: `${HASH_TAG}:deployments`,
  stageDeployments: `${HASH_TAG}:stage-deployments`,
  references: `${HASH_TAG}:references`,
  unreferenced: `${HASH_TAG}:unreferenced`,
  gateways: `${HASH_TAG}:gateways`,
  functionsProcesses: `${HASH_TAG}:functions-processes`,
} as const;

/** Holds the report of one gateway. */
export const gatewayKey = (gatewayId: string) => `${HASH_TAG}:gateway:${gatewayId}`;

/** Holds the report of one functions process. */
export const functionsKey = (functionsId: string) => `${HASH_TAG}:functions-process:${functionsId}`;

/** Prefix of BullMQ's own keys. */
export const QUEUE_PREFIX = `${HASH_TAG}:queue`;
