export * from './compile-api-key.js';
export * from './compile-certificate.js';
export * from './compile-deployment.js';
export * from './compile-stage.js';
export * from './compile-usage-plan.js';
export * from './method-setting-key.js';
export * from './sealed-literal.js';
export * from './unenforceable-settings.js';
