// A proxy as the documentation of @fastify/http-proxy shows it. Loaded by require, which also looks where NODE_PATH points to.
import { createRequire } from 'node:module';
import { FASTIFY_PROXY } from '../programs.js';

interface Server {
  register(plugin: unknown, options: object): void;
  listen(options: { port: number; host: string }): Promise<string>;
}

const require = createRequire(import.meta.url);
const fastify = require('fastify') as (options: object) => Server;
const server = fastify({ logger: false, bodyLimit: 16 * 1024 * 1024 });
server.register(require(FASTIFY_PROXY), { upstream: process.env.BACKEND, undici: { connections: 512, pipelining: 1 } });
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
