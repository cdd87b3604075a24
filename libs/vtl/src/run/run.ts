import { isJavaNumber, type JsonValue, writeJson, writeJsonForWeb } from '@gatehouse/json-path';
import { TemplateRuntimeError } from '../errors.js';
import { JavaList, VtlObject, type VtlMap, type VtlValue } from '../java/value.js';
import { MOST_VALUE_DEPTH, type RenderLimits } from '../limits.js';
import type { ForeachScope } from './foreach-scope.js';
import type { MacroFrame } from './macro-frame.js';

/** Steps between two looks at the clock. */
const STEPS_PER_LOOK = 1024;

/** One rendering: variables, output, and what of the limits is left. */
export class Run {
  /** The macro that runs. */
  frame: MacroFrame | null = null;
  /** The loop that runs. */
  foreach: ForeachScope | null = null;
  rounds = 0;
  private out = '';
  private stepsLeft: number;
  private nextLook: number;
  private readonly deadline: number;
  private valueDepth = 0;

  private readonly textLength: number;

  /**
   * @param variables of the template; changed by it
   * @param bodyLength characters
   */
  constructor(
    readonly variables: Map<string, VtlValue>,
    readonly limits: RenderLimits,
    bodyLength: number,
  ) {
    this.textLength = limits.textLength + 2 * bodyLength;
    this.stepsLeft = limits.steps;
    this.nextLook = Math.max(0, limits.steps - STEPS_PER_LOOK);
    this.deadline = performance.now() + limits.time;
  }

  /** Pays for work. @throws TemplateRuntimeError when there is nothing left */
  step(count = 1): void {
    this.stepsLeft -= count;
    if (this.stepsLeft < this.nextLook) this.look();
  }

  private look(): void {
    if (this.stepsLeft < 0) throw new TemplateRuntimeError('The template takes more steps than it may');
    if (performance.now() > this.deadline) throw new TemplateRuntimeError('The template takes more time than it may');
    this.nextLook = Math.max(0, this.stepsLeft - STEPS_PER_LOOK);
  }

  write(text: string): void {
    this.out += text;
    if (this.out.length > this.textLength) throw this.tooLong();
  }

  /** What something writes, instead of the output. */
  capture(render: (run: Run) => void): string {
    const before = this.out;
    this.out = '';
    try {
      render(this);
      return this.out;
    } finally {
      this.out = before;
    }
  }

  get output(): string {
    return this.out;
  }

  /** A text that a method made. @throws TemplateRuntimeError for one that is too long */
  text(text: string): string {
    this.fits(text.length);
    this.step(text.length >> 5);
    return text;
  }

  /** Room for a text of so many characters. @throws TemplateRuntimeError */
  fits(length: number): void {
    if (length > this.textLength) throw this.tooLong();
  }

  /** Room for so many elements. @throws TemplateRuntimeError */
  room(elements: number): void {
    if (elements > this.limits.elements) {
      throw new TemplateRuntimeError(`The template makes a list or map of more than ${this.limits.elements} elements`);
    }
  }

  private tooLong(): TemplateRuntimeError {
    return new TemplateRuntimeError(`The template makes a text of more than ${this.textLength} characters`);
  }

  get(name: string): VtlValue {
    this.step();
    if (this.frame !== null) return this.frame.get(name, this);
    return this.variable(name);
  }

  set(name: string, value: VtlValue): void {
    for (let { frame } = this; frame !== null; frame = frame.outer) frame.shadow(name, value);
    this.variables.set(name, value);
  }

  variable(name: string): VtlValue {
    const value = this.variables.get(name);
    if (value !== undefined) return value;
    return name === 'foreach' ? this.foreach : null;
  }

  /** Java's toString; null for what prints as a reference that leads nowhere. */
  print(value: VtlValue): string | null {
    if (typeof value === 'string') return value;
    if (value === null) return null;
    if (typeof value !== 'object' || isJavaNumber(value)) return String(value);
    return this.inside(() => {
      if (Array.isArray(value)) return this.text(writeJsonForWeb(this.jsonValue(value)));
      if (value instanceof Map) return this.printMap(value);
      return value.print(this);
    });
  }

  /** Java's String.valueOf. */
  textOf(value: VtlValue): string {
    return this.print(value) ?? 'null';
  }

  /** Looks into a value, which may hold itself. */
  inside<Result>(look: () => Result): Result {
    this.step();
    if (++this.valueDepth > MOST_VALUE_DEPTH)
      throw new TemplateRuntimeError('The template looks into a value that is nested too deeply');
    try {
      return look();
    } finally {
      this.valueDepth--;
    }
  }

  /** Source: java.util.AbstractCollection.toString. */
  printList(items: readonly VtlValue[]): string {
    this.step(items.length);
    let text = '[';
    for (let n = 0; n < items.length; n++) {
      text += (n === 0 ? '' : ', ') + this.textOf(items[n] as VtlValue);
      this.fits(text.length);
    }
    return this.text(`${text}]`);
  }

  /** Source: java.util.AbstractMap.toString. */
  private printMap(map: VtlMap): string {
    this.step(map.size);
    let text = '{';
    for (const [key, value] of map) {
      text += `${text === '{' ? '' : ', '}${this.textOf(key)}=${this.textOf(value)}`;
      this.fits(text.length);
    }
    return this.text(`${text}}`);
  }

  /** A value as JSON. */
  json(value: VtlValue): string {
    return this.text(writeJson(this.jsonValue(value)));
  }

  private jsonValue(value: VtlValue): JsonValue {
    return this.isPlain(value) ? value : this.plain(value);
  }

  /** Whether a value has nothing in it that only templates make. */
  private isPlain(value: VtlValue): value is JsonValue {
    if (value === null || typeof value !== 'object' || isJavaNumber(value)) return true;
    return this.inside(() => {
      if (Array.isArray(value)) return value.every((item) => this.isPlain(item));
      if (!(value instanceof Map)) return false;
      for (const [key, member] of value) if (typeof key !== 'string' || !this.isPlain(member)) return false;
      return true;
    });
  }

  /** Lists of all kinds as arrays, keys as texts, what is neither as its text. */
  private plain(value: VtlValue): JsonValue {
    if (value === null || typeof value !== 'object' || isJavaNumber(value)) return value;
    return this.inside(() => {
      const items = Array.isArray(value) ? value : value instanceof JavaList ? value.items : undefined;
      if (items !== undefined) return items.map((item) => this.plain(item));
      if (value instanceof Map) {
        const object = new Map<string, JsonValue>();
        for (const [key, member] of value) object.set(this.textOf(key), this.plain(member));
        return object;
      }
      return (value as VtlObject).print(this);
    });
  }
}
