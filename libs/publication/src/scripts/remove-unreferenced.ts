import { REDIS_KEYS } from '../redis-keys.js';
import { RedisScript } from './redis-script.js';

/**
 * Removes deployments that no stage has named for longer than the grace period. One step, so that a stage cannot be published to a deployment
 * that is being removed.
 *
 * ARGV: grace period in milliseconds, most to remove. Answers how many were removed.
 */
export const removeUnreferencedScript = new RedisScript(
  [REDIS_KEYS.deployments, REDIS_KEYS.references, REDIS_KEYS.unreferenced],
  `
local deployments, references, unreferenced = unpack(KEYS)
local time = redis.call('TIME')
local limit = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[1])
local removed = 0
for _, name in ipairs(redis.call('ZRANGEBYSCORE', unreferenced, '-inf', limit, 'LIMIT', 0, tonumber(ARGV[2]))) do
  redis.call('ZREM', unreferenced, name)
  if redis.call('HEXISTS', references, name) == 0 then removed = removed + redis.call('HDEL', deployments, name) end
end
return removed
`,
);
