import { REDIS_KEYS } from '../redis-keys.js';
import { RedisScript } from './redis-script.js';

/**
 * Notes that a gateway is alive. Its report is set with an expiry beside this call; the list of gateways, ordered by Redis's own clock, spares
 * looking through all keys for them.
 *
 * ARGV: gateway id, milliseconds after which a silent gateway leaves the list.
 */
export const noteGatewayScript = new RedisScript(
  [REDIS_KEYS.gateways],
  `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - tonumber(ARGV[2])))
`,
);
