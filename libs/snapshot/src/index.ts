export * from './canonical-json.js';
export * from './documents.js';
export * from './envelope.js';
export * from './explain-token.js';
export * from './keys.js';
export * from './seal.js';
export * from './test-invocation.js';
