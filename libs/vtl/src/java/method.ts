import type { Run } from '../run/run.js';
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

/** A method with one text. */
export const ofText =
  <Target>(method: (target: Target, text: string, run: Run) => VtlValue): Method<Target> =>
  (target, args, run) =>
    args.length === 1 && typeof args[0] === 'string' ? method(target, args[0], run) : undefined;
