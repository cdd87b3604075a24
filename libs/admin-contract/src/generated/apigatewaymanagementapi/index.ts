// Generated from the service models by `npm run generate`. Do not edit.
export * from './shapes.js';
export * from './connections/dto.js';
export * from './connections/operations.js';
