export * from './create-archive.js';
