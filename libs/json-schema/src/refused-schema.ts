/** A schema that cannot be compiled. The message says where and why: `/properties/name/pattern: a back reference`. */
export class RefusedSchema extends Error {
  constructor(pointer: string, reason: string) {
    super(`${pointer === '' ? '/' : pointer}: ${reason}`);
  }
}
