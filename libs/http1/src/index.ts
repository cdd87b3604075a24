export { BodyReader } from './body-reader.js';
export * from './fault.js';
export { chunkStart, CONTINUE, LAST_CHUNK, requestHeadText, responseHeadText } from './head-text.js';
export * from './latin1.js';
export * from './message.js';
export { RequestHeadReader } from './request-head-reader.js';
export { ResponseHeadReader } from './response-head-reader.js';
export * from './wire.js';
