/** Where in a template, both from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Anything that is wrong with a template: nothing else is thrown by this package, whatever the template and the data are. */
export abstract class VtlError extends Error {}

/** A template that is none. The message names the place. */
export class TemplateSyntaxError extends VtlError {
  readonly line: number;
  readonly column: number;

  constructor(
    readonly reason: string,
    { line, column }: Position,
  ) {
    super(`${reason} at line ${line}, column ${column}`);
    this.line = line;
    this.column = column;
  }
}

/** A template that failed while it ran: what it called threw, or it ran into a limit. The message is a sentence for the execution log. */
export class TemplateRuntimeError extends VtlError {}
