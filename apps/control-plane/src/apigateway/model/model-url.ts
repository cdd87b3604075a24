/** A schema's text with every reference to a model of one API moved to another API; everything else, layout too, stays. */
export function withModelUrlsOf(schema: string, { from, to }: { from: string; to: string }): string {
  // JSON may escape a slash.
  const slash = '(\\\\?/)';
  const reference = new RegExp(
    `(https:${slash}${slash}apigateway\\.amazonaws\\.com${slash}restapis${slash})${from}(${slash}models${slash})`,
    'g',
  );
  return schema.replace(reference, (_, before: string, ...groups: string[]) => `${before}${to}${groups[4]}`);
}
