import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** Something on the command line is wrong; the message says what. */
export class OptionError extends Error {}

/** Reads options without anything else between them. Throws `OptionError`. */
export function parseOptions<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

/** A whole number above 0 and below 10 million. Throws `OptionError`. */
export function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new OptionError(`--${name}: "${text}" is not a whole number above 0`);
  return Number(text);
}
