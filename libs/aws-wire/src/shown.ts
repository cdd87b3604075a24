/** Characters of a tenant's text that an answer shows. */
const SHOWN = 300;

/** A tenant's text as an answer shows it: without control characters and not endless. */
export function shown(text: string): string {
  const visible = text.slice(0, SHOWN).replace(/[\p{Control}\p{Surrogate}]/gu, '\uFFFD');
  return text.length > SHOWN ? `${visible}...` : visible;
}
