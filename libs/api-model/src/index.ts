export * from './api-definition.js';
export * from './certificate.js';
export * from './default-models.js';
export * from './documentation.js';
export * from './domain-name.js';
export * from './rest-api.js';
export * from './stage.js';
export * from './usage-plan.js';
