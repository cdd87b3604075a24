import { createHash } from 'node:crypto';

/** AWS takes letters and digits only: the others are left out. Empty when nothing is left. */
export const alphanumeric = (name: string) => name.replace(/[^a-zA-Z0-9]/g, '');

/**
 * A name like those that AWS gives to schemas without one (`MODEL` and hexadecimal digits). It follows from where the schema stands, so that
 * importing the document again names the same model.
 */
export const generatedName = (pointer: string) => `MODEL${createHash('sha256').update(pointer).digest('hex').slice(0, 10)}`;

/** Gives names, each once. */
export class FreeNames {
  private readonly taken = new Set<string>();
  /** Of each name that was wanted again, the number to try next. */
  private readonly numbers = new Map<string, number>();

  /** The name, or the first `name2`, `name3` that is not taken. */
  take(wanted: string): string {
    let name = wanted;
    let number = this.numbers.get(wanted) ?? 2;
    while (this.taken.has(name)) {
      name = `${wanted}${number++}`;
      this.numbers.set(wanted, number);
    }
    this.taken.add(name);
    return name;
  }
}

/** The model's name in the address of a model, of whatever API; undefined when it is none. */
export const modelOfAddress = (address: string) =>
  /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([a-zA-Z0-9]+)$/.exec(address)?.[1];
