import { shown } from './document/refusal.js';

/** More would help nobody; a document can be made to earn millions. */
const MAXIMUM_WARNINGS = 1000;

/** What an import tells its caller about parts that it leaves out; AWS rolls the import back for them with `failonwarnings=true`. */
export class Warnings {
  private readonly sentences = new Set<string>();

  /** The same sentence counts once. */
  add(sentence: string): void {
    if (this.sentences.size < MAXIMUM_WARNINGS) this.sentences.add(sentence);
  }

  /** AWS's sentence about a member whose kind is wrong, which is left out. Source: a recorded import. */
  addWrongKind(map: string, name: string, value: unknown, { path, httpMethod }: MethodPlace): void {
    const given = typeof value === 'string' ? value : JSON.stringify(value);
    this.add(
      `Invalid format for '${map}'. Expected type string for property '${shown(name)}' of resource '${shown(path)}' and method '${httpMethod}' but got '${shown(given)}'`,
    );
  }

  list(): string[] {
    return [...this.sentences];
  }
}

/** A method as sentences name it. */
export interface MethodPlace {
  path: string;
  httpMethod: string;
}
