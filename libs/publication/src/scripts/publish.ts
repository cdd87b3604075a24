import { REDIS_KEYS } from '../redis-keys.js';
import { RedisScript } from './redis-script.js';

/**
 * Stores the documents of one or more publications: all of them or none.
 *
 * ARGV: expected epoch, then for each document four values: name, revision, text, and the names of the deployments it needs as a JSON list.
 *
 * Answers one of
 * - `{'epoch', present epoch or ''}`: Redis is in another epoch. Nothing was changed.
 * - `{'missing', name, ...}`: these deployments are not there. Nothing was changed.
 * - `{'published', sequence}`: every document is there in this revision or a higher one, and the change log stands at `sequence`.
 *
 * A document moves only to a higher revision; one that is there already, or newer, is passed over, so that a repeated or late call does no
 * harm. A stage that moves gives back its references to the deployments it named and takes those it names now; a deployment without
 * references is marked with the time, for `remove-unreferenced`. The digest is the sum, modulo 2^48, of the first 48 bits of
 * SHA-1(`name revision`) over all documents: `DocumentDigest` counts the same on the other side.
 */
export const publishScript = new RedisScript(
  [
    REDIS_KEYS.epoch,
    REDIS_KEYS.sequence,
    REDIS_KEYS.log,
    REDIS_KEYS.documents,
    REDIS_KEYS.revisions,
    REDIS_KEYS.maxRevision,
    REDIS_KEYS.digest,
    REDIS_KEYS.deployments,
    REDIS_KEYS.stageDeployments,
    REDIS_KEYS.references,
    REDIS_KEYS.unreferenced,
  ],
  `
local epoch, sequence, log, documents, revisions, maxRevision, digest, deployments, stageDeployments, references, unreferenced = unpack(KEYS)

local present = redis.call('GET', epoch)
if present ~= ARGV[1] then return {'epoch', present or ''} end

local moving, missing, asked = {}, {'missing'}, {}
for i = 2, #ARGV, 4 do
  local document = {name = ARGV[i], revision = tonumber(ARGV[i + 1]), text = ARGV[i + 2], needs = cjson.decode(ARGV[i + 3])}
  document.before = tonumber(redis.call('HGET', revisions, document.name) or '-1')
  if document.revision > document.before then
    moving[#moving + 1] = document
    for _, needed in ipairs(document.needs) do
      if not asked[needed] then
        asked[needed] = true
        if redis.call('HEXISTS', deployments, needed) == 0 then missing[#missing + 1] = needed end
      end
    end
  end
end
if #missing > 1 then return missing end

local function weight(name, revision)
  return tonumber(string.sub(redis.sha1hex(name .. ' ' .. string.format('%.0f', revision)), 1, 12), 16)
end

local time = redis.call('TIME')
local now = time[1] .. string.sub(string.format('%06d', time[2]), 1, 3)
local sum = tonumber(redis.call('GET', digest) or '0')
local highest = tonumber(redis.call('GET', maxRevision) or '0')
for _, document in ipairs(moving) do
  local name = document.name
  redis.call('HSET', documents, name, document.text)
  redis.call('HSET', revisions, name, string.format('%.0f', document.revision))
  redis.call('ZADD', log, redis.call('INCR', sequence), name)
  if document.before >= 0 then sum = sum - weight(name, document.before) end
  sum = (sum + weight(name, document.revision)) % 281474976710656
  if document.revision > highest then highest = document.revision end

  local named = redis.call('HGET', stageDeployments, name)
  if #document.needs > 0 then
    redis.call('HSET', stageDeployments, name, cjson.encode(document.needs))
    for _, needed in ipairs(document.needs) do
      redis.call('HINCRBY', references, needed, 1)
      redis.call('ZREM', unreferenced, needed)
    end
  end
  if named then
    if #document.needs == 0 then redis.call('HDEL', stageDeployments, name) end
    for _, old in ipairs(cjson.decode(named)) do
      if redis.call('HINCRBY', references, old, -1) <= 0 then
        redis.call('HDEL', references, old)
        redis.call('ZADD', unreferenced, now, old)
      end
    end
  end
end
redis.call('SET', digest, string.format('%.0f', sum))
redis.call('SET', maxRevision, string.format('%.0f', highest))
return {'published', tonumber(redis.call('GET', sequence) or '0')}
`,
);
