export const ALGORITHM = 'AWS4-HMAC-SHA256';
export const TERMINATOR = 'aws4_request';

/** What a signature is bound to beside the request itself. */
export interface SignatureScope {
  /** `YYYYMMDDTHHMMSSZ`. */
  amzDate: string;
  /** `YYYYMMDD`. */
  date: string;
  region: string;
  service: string;
}
