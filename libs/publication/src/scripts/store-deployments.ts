import { REDIS_KEYS } from '../redis-keys.js';
import { RedisScript } from './redis-script.js';

/**
 * Stores deployment documents ahead of the stages that will name them.
 *
 * ARGV: name and text of each. One that no stage names is marked with the present time, so that `remove-unreferenced` leaves it alone for a whole
 * grace period while its stage is on the way.
 */
export const storeDeploymentsScript = new RedisScript(
  [REDIS_KEYS.deployments, REDIS_KEYS.references, REDIS_KEYS.unreferenced],
  `
local deployments, references, unreferenced = unpack(KEYS)
local time = redis.call('TIME')
local now = time[1] .. string.sub(string.format('%06d', time[2]), 1, 3)
for i = 1, #ARGV, 2 do
  redis.call('HSET', deployments, ARGV[i], ARGV[i + 1])
  if redis.call('HEXISTS', references, ARGV[i]) == 0 then redis.call('ZADD', unreferenced, now, ARGV[i]) end
end
`,
);
