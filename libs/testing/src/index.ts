export { freePort } from '@gatehouse/embedded';
export { createDatabase, type TestDatabase } from './create-database.js';
export { apiKey, deployment, scope, stage, tombstone } from './documents.js';
export { temporaryDirectory } from './temporary-directory.js';
export { steadyDay } from './steady-day.js';
export { freshRedis, redisUrl, type TestRedis } from './test-redis.js';
export * from './gateway-from.js';
export * from './issue-certificate.js';
export * from './test-backend.js';
