/** A name as it is written: `200` and `1.0` are texts where they name something. */
export function keyText(key: { value: unknown; source?: string }): string {
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}
