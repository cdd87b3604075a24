export * from './arns.js';
export * from './errors.js';
export * from './ids.js';
export * from './shown.js';
