import { ERRORS, hasDotSegment, otherReading, unenforcedError, type GatewayError } from '@gatehouse/pipeline';
import type { BasePathSnapshot, DomainSnapshot, Scope } from '@gatehouse/snapshot';

/** Delimiters that base paths may hold; to most clients they are the same percent-encoded. */
const ENCODED_DELIMITER = /%2[14789AB]/g;

/** A custom domain name as its requests are served. */
export class ServedDomain {
  readonly domainName: string;
  /** ARN of the certificate to show; null leaves that to the names in certificates. */
  readonly certificateArn: string | null;
  /** What all requests are answered with, where the domain asks for what cannot be enforced. */
  readonly denial: GatewayError | null;
  /** By the first segment of a path. */
  private readonly basePaths: ReadonlyMap<string, BasePathSnapshot>;
  /** What takes the paths that `basePaths` does not know. */
  private readonly rest: BasePathSnapshot | undefined;

  /** @param isPrivate a private name gives way to a public one that has its hosts too */
  constructor(
    readonly scope: Scope,
    readonly isPrivate: boolean,
    readonly revision: number,
    { domainName, certificateArn, basePaths, denied }: DomainSnapshot,
  ) {
    this.domainName = domainName;
    this.certificateArn = certificateArn;
    this.denial = denied.length > 0 ? unenforcedError(denied) : null;
    this.basePaths = new Map(basePaths.filter(({ basePath }) => basePath !== '').map((each) => [each.basePath, each]));
    this.rest = basePaths.find(({ basePath }) => basePath === '');
  }

  /** What a path leads to, and where it goes on behind the base path. Undefined where it leads nowhere, and where `refusal` says why not. */
  find(path: string): { mapping: BasePathSnapshot; pathStart: number } | undefined {
    if (this.denial !== null) return undefined;
    if (this.basePaths.size > 0) {
      const end = segmentEnd(path);
      const mapping = this.basePaths.get(basePathIn(path, end));
      if (mapping !== undefined) return { mapping, pathStart: end };
      if (this.leadsPastBasePath(path)) return undefined;
    }
    return this.rest === undefined ? undefined : { mapping: this.rest, pathStart: 0 };
  }

  /** Why a path for which `find` finds nothing is refused; null where nothing has it. */
  refusal(path: string): GatewayError | null {
    if (this.denial !== null) return this.denial;
    const isMapped = this.basePaths.has(basePathIn(path, segmentEnd(path)));
    return !isMapped && this.rest !== undefined && this.leadsPastBasePath(path) ? ERRORS.ambiguousPath : null;
  }

  /**
   * Whether a path that no base path has is one of them to some backends: what guards the API behind the base path, keys and limits, would be gone around
   * by the one that takes the rest. Where dots may lead is anyone's guess.
   */
  private leadsPastBasePath(path: string): boolean {
    const reading = otherReading(path);
    if (reading === null) return false;
    return this.basePaths.has(reading.slice(1, segmentEnd(reading))) || hasDotSegment(reading);
  }
}

function segmentEnd(path: string): number {
  const slash = path.indexOf('/', 1);
  return slash < 0 ? path.length : slash;
}

/** The first segment of a canonical path, as a base path is written. */
function basePathIn(path: string, end: number): string {
  const segment = path.slice(1, end);
  return segment.includes('%') ? segment.replace(ENCODED_DELIMITER, decodeURIComponent) : segment;
}
