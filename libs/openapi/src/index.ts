export * from './export/export-openapi.js';
export * from './export/print-document.js';
export type { ExportedDocumentation } from './export/root-extensions.js';
export * from './import-openapi.js';
export type { DocumentPlace } from './import/document/place.js';
export { readDocument } from './import/document/read-document.js';
export { INVALID_INPUT, invalidInput, withPlace } from './import/document/refusal.js';
export { placesIn, type Source } from './import/document/source.js';
export type { Placed } from './import/places.js';
