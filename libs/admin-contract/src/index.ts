export * from './admin-call.js';
