/** The lenient JSON that MOCK takes: the key bare or in either quotes, a trailing comma. One number of three digits, nothing else. */
const LITERAL_STATUS = /^\s*\{\s*(?:statusCode|"statusCode"|'statusCode')\s*:\s*([1-5]\d\d)\s*(?:,\s*)?\}\s*$/;

/**
 * The status code of a MOCK integration's request template when the template is the literal `{"statusCode": N}`, N of 100..599; else
 * undefined: it would have to be rendered. Source: AWS reads such templates leniently (recorded behaviour).
 */
export function literalMockStatus(template: string | null): number | undefined {
  const status = LITERAL_STATUS.exec(template ?? '')?.[1];
  return status === undefined ? undefined : Number(status);
}
