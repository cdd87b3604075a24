export { checkSignature, type SignatureExpectation } from './check-signature.js';
export { ALL_ALGORITHMS, readSignature, type PresentedSignature, type SignatureAlgorithm } from './read-signature.js';
export type { RequestHead } from './request-head.js';
export { sign, type Credentials, type RequestToSign, type Signing } from './sign.js';
export { verifySignature } from './verify-signature.js';
