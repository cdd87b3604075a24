export * from './create-limiter.js';
export * from './limiter.js';
