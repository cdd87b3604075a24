import type { Run } from '../run/run.js';
import { JavaException } from './java-exception.js';
import type { VtlValue } from './value.js';

/** A method of a Java class; undefined where it has none with such arguments. What returns nothing in Java returns an empty text, as in Velocity. */
export type Method<Target> = (target: Target, args: readonly VtlValue[], run: Run) => VtlValue | undefined;
export type MethodTable<Target> = ReadonlyMap<string, Method<Target>>;

/** A method without arguments. */
export const plain =
  <Target>(method: (target: Target, run: Run) => VtlValue): Method<Target> =>
  (target, args, run) =>
    args.length === 0 ? method(target, run) : undefined;

/** A method with one argument of any kind. */
export const unary =
  <Target>(method: (target: Target, arg: VtlValue, run: Run) => VtlValue | undefined): Method<Target> =>
  (target, args, run) =>
    args.length === 1 ? method(target, args[0] as VtlValue, run) : undefined;

/** A method with one text, which may not be null. */
export const ofText =
  <Target>(method: (target: Target, text: string, run: Run) => VtlValue): Method<Target> =>
  (target, args, run) => {
    const [text] = args;
    if (args.length !== 1) return undefined;
    return text === null ? isNull() : typeof text === 'string' ? method(target, text, run) : undefined;
  };

/** What Java throws where a text is asked for and null is given. */
export function isNull(): never {
  throw new JavaException('java.lang.String', 'java.lang.NullPointerException');
}
