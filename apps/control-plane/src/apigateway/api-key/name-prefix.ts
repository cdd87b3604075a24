/** Characters of a name that its index (`api_keys_name`) holds. */
const INDEXED = 256;

/** Condition on the alias `key`: the name begins with a text, in the order of code units. The first half is what the index answers. */
export const NAME_BEGINS = `starts_with(left(key.name, ${INDEXED}), :indexedBeginning) AND starts_with(key.name, :beginning)`;

/** The parameters of `NAME_BEGINS`. */
export function nameBeginning(beginning: string): { beginning: string; indexedBeginning: string } {
  return { beginning, indexedBeginning: Array.from(beginning).slice(0, INDEXED).join('') };
}
