/** A pattern that is none, or that cannot be decided exactly in linear time. The message says what of it: `a back reference`. */
export class UnsupportedPattern extends Error {}
