export { findRedisServer, NoRedisError, type RedisServer } from './find-redis-server.js';
export { freePort, isPortFree } from './free-port.js';
export { startPostgres, type EmbeddedService, type PostgresOptions } from './postgres.js';
export { startRedis, type RedisOptions } from './redis.js';
export { dieWithParent, ServiceStartError, type ServiceProcess } from './service-process.js';
