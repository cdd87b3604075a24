export * from './code-location.js';
export * from './function-arn.js';
export * from './internal-headers.js';
export * from './payload-limits.js';
