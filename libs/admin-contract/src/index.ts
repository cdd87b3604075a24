export * from './admin-call.js';
export * from './controllers/operation-group.js';
export { operationOf } from './controllers/operation.decorator.js';
export { Call, type AdminRequest } from './controllers/parameters.js';
export { OPERATIONS } from './generated/operations.js';
export { notBuilt } from './not-built.js';
export * from './operation.js';
export { readInput } from './validation/read-input.js';
export type { WireRequest } from './validation/wire-request.js';
