/** A check of one value: returns nothing when it fits, else what is wrong and where. */
export type Shape = (value: unknown, at: string) => string | undefined;

const is =
  (type: 'string' | 'boolean'): Shape =>
  (value, at) =>
    typeof value === type ? undefined : `${at} is not a ${type}`;

export const string = is('string');
export const boolean = is('boolean');
export const number: Shape = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? undefined : `${at} is not a number`;
export const nullable =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? undefined : shape(value, at);

export const oneOf =
  (...values: readonly unknown[]): Shape =>
  (value, at) =>
    values.includes(value) ? undefined : `${at} is ${JSON.stringify(value)}, which is none of ${values.join(', ')}`;

export const list =
  (item: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is not a list`;
    for (const [index, member] of value.entries()) {
      const wrong = item(member, `${at}[${index}]`);
      if (wrong) return wrong;
    }
    return undefined;
  };

/** A list of a fixed length, each place with its own shape. */
export const tuple =
  (...places: Shape[]): Shape =>
  (value, at) => {
    if (!Array.isArray(value) || value.length !== places.length) return `${at} is not a list of ${places.length}`;
    for (const [index, place] of places.entries()) {
      const wrong = place(value[index], `${at}[${index}]`);
      if (wrong) return wrong;
    }
    return undefined;
  };

/** An object with exactly these members: a missing or an unknown one is an error, because it may be a setting that nobody would enforce. */
export function object(required: Record<string, Shape>, optional: Record<string, Shape> = {}): Shape {
  const known = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value, at) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return `${at} is not an object`;
    for (const name of Object.keys(required)) if (!Object.hasOwn(value, name)) return `${at}.${name} is missing`;
    for (const [name, member] of Object.entries(value)) {
      const shape = known.get(name);
      if (!shape) return `${at}.${name} is not known`;
      const wrong = shape(member, `${at}.${name}`);
      if (wrong) return wrong;
    }
    return undefined;
  };
}

/** An object whose member `tag` decides which of `variants` it must fit. */
export function union(tag: string, variants: Record<string, Shape>): Shape {
  const byTag = new Map(Object.entries(variants));
  return (value, at) => {
    const name = (value as Record<string, unknown> | null)?.[tag];
    const variant = typeof name === 'string' ? byTag.get(name) : undefined;
    return variant
      ? variant(value, at)
      : `${at}.${tag} is ${JSON.stringify(name)}, which is none of ${[...byTag.keys()].join(', ')}`;
  };
}
