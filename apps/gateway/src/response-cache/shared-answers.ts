import type { Redis } from 'ioredis';
import { createHash } from 'node:crypto';

/** All of them, by the digests of their keys; when each ends (ms by Redis's clock); bytes of all together. */
const KEYS = ['{gatehouse}:answers', '{gatehouse}:answers-ends', '{gatehouse}:answers-bytes'] as const;
/** What an entry takes in Redis beside its value, about. */
const ENTRY_BYTES = 256;
/** Longer than any answer is kept: what nobody uses any more leaves Redis as a whole. */
const IDLE_MS = 2 * 3_600_000;

/** ARGV: the key. Answers nothing, or the value and the milliseconds for which it may be given. */
const FIND = script(`
local ends = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not ends then return false end
local time = redis.call('TIME')
local left = tonumber(ends) - (time[1] * 1000 + math.floor(time[2] / 1000))
if left <= 0 then return false end
return {redis.call('HGET', KEYS[1], ARGV[1]), string.format('%.0f', left)}
`);

/**
 * ARGV: the key, the value, milliseconds for which it may be given, most bytes of all values, what a value takes beside its bytes, milliseconds until all go that nobody uses.
 * What has ended makes room, then what ends first. Answers 1 where it is kept.
 */
const KEEP = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local bytes = tonumber(redis.call('GET', KEYS[3]) or '0')
local beside = tonumber(ARGV[5])
local function drop(key)
  local length = redis.call('HSTRLEN', KEYS[1], key)
  redis.call('ZREM', KEYS[2], key)
  if redis.call('HDEL', KEYS[1], key) == 1 then bytes = math.max(0, bytes - length - beside) end
end
drop(ARGV[1])
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)) do drop(key) end
local needed = #ARGV[2] + beside
local most = tonumber(ARGV[4])
for _ = 1, 1000 do
  if bytes + needed <= most or needed > most then break end
  local first = redis.call('ZRANGE', KEYS[2], 0, 0)
  if #first == 0 then
    bytes = 0
    break
  end
  drop(first[1])
end
local fits = bytes + needed <= most
if fits then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[1])
  bytes = bytes + needed
end
redis.call('SET', KEYS[3], string.format('%.0f', bytes))
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[6]) end
return fits and 1 or 0
`);

/** A value that Redis had, and the milliseconds for which it may be given. */
export interface SharedAnswer {
  readonly value: Buffer;
  readonly leftMs: number;
}

/** Answers in Redis, which all gateways and their workers share; never more than so many bytes. */
export class SharedAnswers {
  constructor(
    private readonly redis: Redis,
    private readonly mostBytes: number,
  ) {}

  /** Rejects when Redis is away. */
  async find(key: string): Promise<SharedAnswer | undefined> {
    const found = (await this.run(FIND, [key])) as [Buffer | null, Buffer] | null;
    if (found === null || found[0] === null) return undefined;
    return { value: found[0], leftMs: Number(found[1]) };
  }

  /** Rejects when Redis is away. */
  async keep(key: string, value: Buffer, forMs: number): Promise<void> {
    await this.run(KEEP, [key, value, forMs, this.mostBytes, ENTRY_BYTES, IDLE_MS]);
  }

  private async run({ source, digest }: Script, values: readonly (string | number | Buffer)[]): Promise<unknown> {
    try {
      return await this.redis.callBuffer('EVALSHA', [digest, KEYS.length, ...KEYS, ...values]);
    } catch (error) {
      if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
      return this.redis.callBuffer('EVAL', [source, KEYS.length, ...KEYS, ...values]);
    }
  }
}

interface Script {
  readonly source: string;
  readonly digest: string;
}

function script(source: string): Script {
  return { source, digest: createHash('sha1').update(source).digest('hex') };
}
