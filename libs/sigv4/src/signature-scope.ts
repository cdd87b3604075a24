export const ALGORITHM = 'AWS4-HMAC-SHA256';
/** Signature Version 4A: signed with a key that is made of the secret, for a set of regions. */
export const ASYMMETRIC_ALGORITHM = 'AWS4-ECDSA-P256-SHA256';
export const TERMINATOR = 'aws4_request';

/** What a signature is bound to beside the request itself. */
export interface SignatureScope {
  /** `YYYYMMDDTHHMMSSZ`. */
  amzDate: string;
  /** `YYYYMMDD`. */
  date: string;
  /** Empty where the signature is for a set of regions. */
  region: string;
  service: string;
}

/** The scope as credentials name it: one of Signature Version 4A has no region. */
export function scopeText({ date, region, service }: SignatureScope): string {
  return region === '' ? `${date}/${service}/${TERMINATOR}` : `${date}/${region}/${service}/${TERMINATOR}`;
}
