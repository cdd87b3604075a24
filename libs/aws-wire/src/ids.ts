import { randomInt } from 'node:crypto';

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ALL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function draw(alphabet: string, length: number): string {
  let id = '';
  while (id.length < length) id += alphabet[randomInt(alphabet.length)];
  return id;
}

/** Id of an API, root resource, API key: 10 characters of `[a-z0-9]`. */
export const longId = () => draw(LOWER, 10);
/** Id of a resource, deployment, usage plan: 6 characters of `[a-z0-9]`. */
export const shortId = () => draw(LOWER, 6);
/** Value of an API key that the caller did not choose: 40 alphanumerics (238 bits). */
export const apiKeyValue = () => draw(ALL, 40);
/** Access key id as AWS writes it: `AKIA` and 16 of `[A-Z2-7]`. */
export const accessKeyId = () => 'AKIA' + draw('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16);
/** Id of a user as AWS writes it: `AIDA` and 17 of `[A-Z2-7]`. */
export const userId = () => 'AIDA' + draw('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 17);
/** Secret access key: 40 characters (238 bits). */
export const secretAccessKey = () => draw(ALL, 40);
/** Of a CloudFront distribution's address: 13 characters of `[a-z0-9]`. */
export const distributionId = () => draw(LOWER, 13);
