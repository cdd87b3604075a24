export * from './configuration-sink.js';
