export * from './import-openapi.js';
