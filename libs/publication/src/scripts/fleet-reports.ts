import { REDIS_KEYS } from '../redis-keys.js';
import { RedisScript } from './redis-script.js';

/**
 * Notes that a process is alive. Its report is set with an expiry beside this call; the list of processes, ordered by Redis's own clock, spares
 * looking through all keys for them.
 *
 * ARGV: id of the process, milliseconds after which a silent one leaves the list. Answers how many are on the list.
 */
const NOTE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - tonumber(ARGV[2])))
return redis.call('ZCARD', KEYS[1])
`;

export const noteGatewayScript = new RedisScript([REDIS_KEYS.gateways], NOTE);
export const noteFunctionsScript = new RedisScript([REDIS_KEYS.functionsProcesses], NOTE);
