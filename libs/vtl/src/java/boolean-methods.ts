import { type Method, type MethodTable, ofText, plain, unary } from './method.js';

/** java.lang.Boolean. */
export const BOOLEAN_METHODS: MethodTable<boolean> = new Map<string, Method<boolean>>([
  ['booleanValue', plain((value) => value)],
  ['compareTo', unary((value, other) => (typeof other === 'boolean' ? Number(value) - Number(other) : undefined))],
  ['parseBoolean', ofText((_value, text) => text.toLowerCase() === 'true')],
  [
    'valueOf',
    unary((_value, other) => {
      if (typeof other === 'boolean') return other;
      return typeof other === 'string' ? other.toLowerCase() === 'true' : undefined;
    }),
  ],
]);
