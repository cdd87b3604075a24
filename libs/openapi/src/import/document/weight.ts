/** Characters of a text that weigh as much as a value. */
const TEXT_PER_VALUE = 64;

/** What a value without its members weighs: one, and more for long texts. A measure of the memory that copies of it take. */
export const ownWeight = (value: unknown) => (typeof value === 'string' ? 1 + Math.floor(value.length / TEXT_PER_VALUE) : 1);

/** What a value weighs with everything in it. */
export function weightOf(value: unknown): number {
  let weight = ownWeight(value);
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) weight += weightOf(member);
  }
  return weight;
}
