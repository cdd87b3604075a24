export * from './export/export-openapi.js';
export * from './export/print-document.js';
export type { ExportedDocumentation } from './export/root-extensions.js';
export * from './import-openapi.js';
export { readDocument } from './import/document/read-document.js';
