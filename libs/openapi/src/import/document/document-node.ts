import type { AwsError } from '@gatehouse/aws-wire';
import { keysOf, pointerOf, within, type DocumentPlace, type Place } from './place.js';
import { invalidInput } from './refusal.js';
import { placesIn, type Source } from './source.js';

/**
 * A value of a document that knows its place. What it is asked to be and is not it refuses with `BadRequestException`, which names the
 * place and the line.
 */
export class DocumentNode {
  constructor(
    readonly value: unknown,
    private readonly source: Source,
    private readonly place?: Place,
  ) {}

  get pointer(): string {
    return pointerOf(this.place);
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  /** The member of this name; null counts as none. */
  member(name: string): DocumentNode | undefined {
    const object = this.object();
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    return value === undefined || value === null ? undefined : this.inner(name, value);
  }

  /** What a JSON pointer's key leads to: a member or an item. */
  child(key: string): DocumentNode | undefined {
    if (this.isObject) return this.member(key);
    if (!Array.isArray(this.value) || !/^\d{1,9}$/.test(key)) return undefined;
    const item: unknown = this.value[Number(key)];
    return item === undefined ? undefined : this.inner(key, item);
  }

  /** The member of this name. Throws when there is none. */
  required(name: string): DocumentNode {
    const member = this.member(name);
    if (!member) throw this.refuse(`'${name}' is missing`);
    return member;
  }

  /** Every member, also those that are null. */
  entries(): [string, DocumentNode][] {
    return Object.entries(this.object()).map(([name, value]) => [name, this.inner(name, value)]);
  }

  items(): DocumentNode[] {
    if (!Array.isArray(this.value)) throw this.refuse('must be a list');
    return (this.value as unknown[]).map((value, index) => this.inner(String(index), value));
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.refuse('must be a text');
    return this.value;
  }

  /** A text, or a number or boolean as text; `1.0` is `1`. */
  scalarText(): string {
    return typeof this.value === 'number' || typeof this.value === 'boolean' ? String(this.value) : this.text();
  }

  /** A text, or a number or boolean as it is written. It costs a look through the document: for what a document has once. */
  writtenText(): string {
    const written = typeof this.value === 'number' ? this.source.numberText(keysOf(this.place)) : undefined;
    return written ?? this.scalarText();
  }

  flag(): boolean {
    if (this.value === true || this.value === 'true') return true;
    if (this.value === false || this.value === 'false') return false;
    throw this.refuse('must be true or false');
  }

  integer(): number {
    const value = typeof this.value === 'string' && /^-?\d{1,15}$/.test(this.value) ? Number(this.value) : this.value;
    if (!Number.isSafeInteger(value)) throw this.refuse('must be a whole number');
    return value as number;
  }

  texts(): string[] {
    return this.items().map((item) => item.text());
  }

  /** One of the options; the document may write it in lower case. */
  option<T extends string>(options: readonly T[]): T {
    const written = this.text();
    const found = options.find((option) => option.toUpperCase() === written.toUpperCase());
    if (found === undefined) throw this.refuse(`must be one of ${options.join(', ')}`);
    return found;
  }

  refuse(reason: string): AwsError {
    return invalidInput(DocumentNode.placesOf([this])[0]!, reason);
  }

  /** Where nodes of one document stand, as `placesIn` tells it. */
  static placesOf(nodes: readonly DocumentNode[]): DocumentPlace[] {
    const [first] = nodes;
    if (!first) return [];
    return placesIn(
      first.source,
      nodes.map(({ place }) => keysOf(place)),
    );
  }

  private object(): Record<string, unknown> {
    if (!this.isObject) throw this.refuse('must be an object');
    return this.value as Record<string, unknown>;
  }

  private inner(key: string, value: unknown): DocumentNode {
    return new DocumentNode(value, this.source, within(this.place, key));
  }
}
