/** A schema that cannot be compiled. The message says where and why: `Pet#/properties/name/pattern: ...`. */
export class RefusedSchema extends Error {
  constructor(document: string, pointer: string, reason: string) {
    super(`${document}#${pointer}: ${reason}`);
  }
}
