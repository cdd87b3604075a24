const ANY = '*/*';

/** The media types that an API takes for binary, laid out for look-ups: `image/png`, `image/*`, or all. */
export class BinaryMediaTypes {
  private readonly types: ReadonlySet<string>;
  private readonly all: boolean;

  /** @param types in lower case */
  constructor(types: readonly string[]) {
    this.types = new Set(types);
    this.all = this.types.has(ANY);
  }

  get size(): number {
    return this.types.size;
  }

  /** Whether a Content-Type names one of them. Its parameters do not matter; none at all stands for application/json. */
  has(contentType: string | undefined): boolean {
    if (this.all || this.types.size === 0) return this.all;
    const type = mediaType(contentType);
    return this.types.has(type) || this.types.has(`${type.slice(0, type.indexOf('/') + 1)}*`);
  }

  /** Whether an answer in one of them is asked for: only the first that an Accept names counts. Source: AWS, "Content type conversions in API Gateway". */
  isAccepted(accept: string | undefined): boolean {
    if (accept === undefined) return this.has(undefined);
    const comma = accept.indexOf(',');
    return this.has(comma < 0 ? accept : accept.slice(0, comma));
  }
}

/** The media type of a Content-Type, lower case and without its parameters; AWS takes application/json where there is none. */
export function mediaType(contentType: string | undefined): string {
  if (!contentType) return 'application/json';
  const semicolon = contentType.indexOf(';');
  return (semicolon < 0 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
}
