export * from './archive-error.js';
export * from './archive-limits.js';
export * from './create-archive.js';
export * from './extract-archive.js';
export * from './inspect-archive.js';
