export * from './fault.js';
export * from './latin1.js';
export * from './message.js';
export * from './wire.js';
