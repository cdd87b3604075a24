import { TemplateRuntimeError } from '../errors.js';

/** A template asked for JSON of a body that is none. The message is what AWS answers to the client with status 400. */
export class TemplateBodyError extends TemplateRuntimeError {}
