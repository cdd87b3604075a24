import { REDIS_KEYS } from '../redis-keys.js';
import { RedisScript } from './redis-script.js';

/**
 * Reads the change log as one step: a reader that gets fewer documents than it asked for has everything up to `sequence`, and all documents of a
 * publication or none.
 *
 * ARGV: the reader's epoch ('' for none), the sequence it has followed to, most documents to give.
 * Answers `{epoch or '', 1 when the epoch is complete, sequence, digest, documents}`; `documents` has four values for each, oldest change
 * first: name, its sequence, its revision, its text. There are none while the epoch is not complete or is not the reader's.
 */
export const changesScript = new RedisScript(
  [
    REDIS_KEYS.epoch,
    REDIS_KEYS.complete,
    REDIS_KEYS.sequence,
    REDIS_KEYS.digest,
    REDIS_KEYS.log,
    REDIS_KEYS.revisions,
    REDIS_KEYS.documents,
  ],
  `
local state = redis.call('MGET', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
local epoch, sequence, digest = state[1] or '', tonumber(state[3] or '0'), state[4] or '0'
local complete = epoch ~= '' and state[2] == epoch
local documents = {}
if complete and epoch == ARGV[1] then
  local log = redis.call('ZRANGEBYSCORE', KEYS[5], '(' .. ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', 0, tonumber(ARGV[3]))
  if #log > 0 then
    local names = {}
    for i = 1, #log, 2 do names[#names + 1] = log[i] end
    local revisions = redis.call('HMGET', KEYS[6], unpack(names))
    local texts = redis.call('HMGET', KEYS[7], unpack(names))
    for i, name in ipairs(names) do
      documents[#documents + 1] = name
      documents[#documents + 1] = log[2 * i]
      documents[#documents + 1] = revisions[i] or '0'
      documents[#documents + 1] = texts[i]
    end
  end
end
return {epoch, complete and 1 or 0, sequence, digest, documents}
`,
);
