const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const CONTENT_TYPE = new RegExp(`^${TOKEN}/${TOKEN}(?:\\s*;.*)?$`);

/** AWS's findings about the keys of a map of templates or models: each must be a content type, or `$default`. */
export function contentTypeErrors(map: Record<string, unknown>): string[] {
  return Object.keys(map)
    .filter((type) => type !== '$default' && !CONTENT_TYPE.test(type))
    .map((type) => `Invalid content type specified: ${type}`);
}
