import { REDIS_KEYS } from '../redis-keys.js';
import { RedisScript } from './redis-script.js';

/**
 * Starts a new epoch with no documents: the log, the sequence, the documents and their revisions begin anew. The highest revision ever seen
 * stays, because it tells whether Postgres was restored. Deployments stay as well (a gateway may be fetching them), unreferenced from now.
 *
 * ARGV: the epoch to replace ('' for none), the new one. Answers 1, or 0 when another epoch is present: nothing was changed then.
 */
export const beginEpochScript = new RedisScript(
  [
    REDIS_KEYS.epoch,
    REDIS_KEYS.complete,
    REDIS_KEYS.sequence,
    REDIS_KEYS.log,
    REDIS_KEYS.documents,
    REDIS_KEYS.revisions,
    REDIS_KEYS.digest,
    REDIS_KEYS.stageDeployments,
    REDIS_KEYS.references,
    REDIS_KEYS.unreferenced,
  ],
  `
local epoch, complete, sequence, log, documents, revisions, digest, stageDeployments, references, unreferenced = unpack(KEYS)
if (redis.call('GET', epoch) or '') ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
local now = time[1] .. string.sub(string.format('%06d', time[2]), 1, 3)
for _, name in ipairs(redis.call('HKEYS', references)) do redis.call('ZADD', unreferenced, now, name) end
redis.call('UNLINK', complete, sequence, log, documents, revisions, digest, stageDeployments, references)
redis.call('SET', epoch, ARGV[2])
return 1
`,
);

/**
 * Marks an epoch as complete: every document was published under it. ARGV: the epoch. Answers 1, or 0 when another one is present.
 */
export const completeEpochScript = new RedisScript(
  [REDIS_KEYS.epoch, REDIS_KEYS.complete],
  `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[1])
return 1
`,
);
