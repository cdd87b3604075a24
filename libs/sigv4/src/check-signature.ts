import { AwsError } from '@gatehouse/aws-wire';
import { MAX_SKEW_MS, formatAmzDate, parseAmzDate } from './amz-date.js';
import type { PresentedSignature } from './read-signature.js';
import { headerValues, type RequestHead } from './request-head.js';

export interface SignatureExpectation {
  /** The service that every signature must be scoped to. */
  service: string;
  /** The region that every signature must be scoped to; any where it is left out. */
  region?: string;
  /** Milliseconds since the epoch. */
  now: number;
}

const invalid = (message: string) => new AwsError('InvalidSignatureException', message);

/**
 * Checks everything about a signature that needs neither key nor body: what it covers, its scope and its time.
 * Throws `AwsError` InvalidSignatureException with AWS's sentence.
 */
export function checkSignature(presented: PresentedSignature, head: RequestHead, expected: SignatureExpectation): void {
  checkSignedHeaders(presented.signedHeaders, head);
  checkPayloadIsSigned(head);
  if (presented.service !== expected.service)
    throw invalid(`Credential should be scoped to correct service: '${expected.service}'.`);
  checkRegion(presented, expected.region);
  const day = presented.amzDate.slice(0, 8);
  if (presented.date !== day) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${presented.date}' != '${day}', from '${presented.amzDate}'.`,
    );
  }
  checkTime(presented, expected.now);
}

/** Source: AWS's sentence. Of Signature Version 4A the set of regions has to have it, in which `*` stands for any characters. */
function checkRegion({ region, regionSet }: PresentedSignature, expected: string | undefined): void {
  if (expected === undefined || region === expected) return;
  if (regionSet?.some((each) => fits(each, expected))) return;
  throw invalid(`Credential should be scoped to a valid region, not '${regionSet?.join(',') ?? region}'.`);
}

function fits(pattern: string, region: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  if (others.length === 0) return first === region;
  const last = others.pop() ?? '';
  return (
    others.every((each) => each === '') &&
    region.length >= first.length + last.length &&
    region.startsWith(first) &&
    region.endsWith(last)
  );
}

/** A header that is not signed could be changed on the way; these would change the meaning of the request. */
function checkSignedHeaders(signedHeaders: readonly string[], head: RequestHead): void {
  const signed = new Set(signedHeaders);
  if (!signed.has('host')) throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  for (let at = 0; at < head.rawHeaders.length; at += 2) {
    const name = head.rawHeaders[at]?.toLowerCase() ?? '';
    if (name.startsWith('x-amz-') && !signed.has(name)) {
      throw invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
}

/** The hash of the payload is always computed from the received bytes; a request that says that it has none is refused at once. */
function checkPayloadIsSigned(head: RequestHead): void {
  for (const value of headerValues(head, 'x-amz-content-sha256')) {
    if (/UNSIGNED-PAYLOAD|^STREAMING-/i.test(value))
      throw invalid(`x-amz-content-sha256 '${value}' is not supported: sign the payload.`);
  }
}

function checkTime({ amzDate, expiresSeconds }: PresentedSignature, now: number): void {
  const signedAt = parseAmzDate(amzDate) ?? NaN;
  const goodFor = expiresSeconds === undefined ? MAX_SKEW_MS : expiresSeconds * 1000;
  if (!(signedAt + goodFor >= now)) {
    const since = expiresSeconds === undefined ? '5 min.' : `${expiresSeconds} sec.`;
    throw invalid(
      `Signature expired: ${amzDate} is now earlier than ${formatAmzDate(now - goodFor)} (${formatAmzDate(now)} - ${since})`,
    );
  }
  if (signedAt > now + MAX_SKEW_MS) {
    throw invalid(
      `Signature not yet current: ${amzDate} is still later than ${formatAmzDate(now + MAX_SKEW_MS)} (${formatAmzDate(now)} + 5 min.)`,
    );
  }
}
