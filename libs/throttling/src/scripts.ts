import type { Redis } from 'ioredis';
import { createHash } from 'node:crypto';

export interface Script {
  source: string;
  sha: string;
}

function script(source: string): Script {
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}

/**
 * Token buckets, several at once. KEYS: the buckets. ARGV, five for each: tokens a second, size, tokens given back, tokens owed (admitted while
 * Redis did not answer), tokens wanted. Answers three numbers for each: granted, left (whole tokens), microseconds until a token is there.
 * A bucket that is not there is full, so one that has filled up again expires.
 */
export const TAKE_TOKENS = script(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local answer = {}
for i = 1, #KEYS do
  local a = (i - 1) * 5
  local rate, burst = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
  local back, owed, want = tonumber(ARGV[a + 3]), tonumber(ARGV[a + 4]), tonumber(ARGV[a + 5])
  local stored = redis.call('HMGET', KEYS[i], 'tokens', 'at')
  local tokens = tonumber(stored[1]) or burst
  local at = tonumber(stored[2]) or now
  tokens = math.min(burst, tokens + math.max(0, now - at) * rate / 1000000 + back)
  tokens = math.max(-burst, tokens - owed)
  local granted = math.max(0, math.min(want, math.floor(tokens)))
  tokens = tokens - granted
  redis.call('HSET', KEYS[i], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', math.max(now, at)))
  redis.call('PEXPIRE', KEYS[i], string.format('%.0f', math.min(1e12, math.ceil((burst - tokens) / rate * 1000) + 1000)))
  answer[#answer + 1] = granted
  answer[#answer + 1] = math.floor(tokens)
  answer[#answer + 1] = math.min(1e12, math.max(0, math.ceil((1 - tokens) * 1000000 / rate)))
end
return answer
`);

/**
 * Quotas, several at once. KEYS: epoch, complete, then the quota hashes. ARGV: the process, then five for each: first and last second of the
 * period, limit, requests that this process used ('' when it does not know: then what Redis holds counts), requests it wants to hold beyond those.
 * A process's field becomes used + granted, so repeating a call changes nothing. While Redis is being refilled nothing is granted, but what a
 * process used is kept. Answers the time (ms), the epoch, 1 when complete, then four numbers for each: 1 when the period is the current one,
 * granted, requests that this process used, requests that all processes hold.
 */
export const TAKE_QUOTAS = script(`
local time = redis.call('TIME')
local now = tonumber(time[1])
local epoch = redis.call('GET', KEYS[1])
local complete = epoch and redis.call('GET', KEYS[2]) == epoch
local process = ARGV[1]
local answer = { now * 1000 + math.floor(time[2] / 1000), epoch or '', complete and 1 or 0 }
for i = 3, #KEYS do
  local a = 1 + (i - 3) * 5
  local from, to, limit = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
  local used, want = tonumber(ARGV[a + 4]), tonumber(ARGV[a + 5])
  local current, granted, total = 0, 0, 0
  if now >= from and now < to then
    current = 1
    local own = tonumber(redis.call('HGET', KEYS[i], process) or 0)
    local others = -own
    for _, taken in ipairs(redis.call('HVALS', KEYS[i])) do others = others + tonumber(taken) end
    used = used or own
    if complete then granted = math.max(0, math.min(want, limit - others - used)) end
    if used + granted ~= own then redis.call('HSET', KEYS[i], process, string.format('%.0f', used + granted)) end
    redis.call('EXPIREAT', KEYS[i], to + 60)
    total = others + used + granted
  end
  answer[#answer + 1] = current
  answer[#answer + 1] = granted
  answer[#answer + 1] = used or 0
  answer[#answer + 1] = total
end
return answer
`);

/**
 * A place under a limit on what runs at the same time. KEYS: epoch, complete, the leases. ARGV: lease, limit, milliseconds that it lasts. Answers 1 when it has a place, 0 when there is
 * none, -1 while Redis is being refilled: leases that it lost may not have been told again yet.
 */
export const TAKE_PLACE = script(`
local epoch = redis.call('GET', KEYS[1])
if not epoch or redis.call('GET', KEYS[2]) ~= epoch then return -1 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', string.format('%.0f', now))
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[3], string.format('%.0f', now + tonumber(ARGV[3])), ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[3])
return 1
`);

/** Leases that are held go on, whether or not Redis knows them still. KEYS: for each its set. ARGV: milliseconds that they last, then the leases. */
export const KEEP_PLACES = script(`
local time = redis.call('TIME')
local ends = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1]))
for i = 1, #KEYS do
  redis.call('ZADD', KEYS[i], ends, ARGV[i + 1])
  redis.call('PEXPIRE', KEYS[i], ARGV[1])
end
`);

/** Runs a script, which is sent whole only where Redis does not know it. Rejects when Redis is away. */
export async function runScript(
  redis: Redis,
  { sha, source }: Script,
  keys: string[],
  values: (string | number)[],
): Promise<unknown> {
  try {
    return await redis.evalsha(sha, keys.length, ...keys, ...values);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return await redis.eval(source, keys.length, ...keys, ...values);
  }
}
