export * from './configuration-sink.js';
export * from './gateway-report.js';
export * from './readiness.js';
