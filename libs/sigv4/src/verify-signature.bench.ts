import { describe, it } from 'vitest';
import { checkSignature } from './check-signature.js';
import { readSignature } from './read-signature.js';
import { sign } from './sign.js';
import { verifySignature } from './verify-signature.js';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLEAKIDEXAMP', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const url = new URL('https://abcdefghij.execute-api.us-east-1.amazonaws.com/prod/pets/4711?limit=10&position=abc');
const now = Date.now();

function requestWith(body: Buffer) {
  const more = { accept: 'application/json', 'content-type': 'application/json', 'x-amz-user-agent': 'aws-sdk-js/3' };
  const headers = sign({ method: 'POST', url, headers: more, body }, CREDENTIALS, {
    region: 'us-east-1',
    service: 'execute-api',
  });
  const rawHeaders = Object.entries({
    host: url.host,
    'user-agent': 'node',
    'content-length': String(body.length),
    ...headers,
  }).flat();
  return { head: { method: 'POST', rawTarget: url.pathname + url.search, rawHeaders }, body };
}

const VERIFICATIONS = 1000;

// One may cost 25 us, but for the hash of the body.
describe('1,000 signatures read, checked and verified', () => {
  for (const [name, bytes] of Object.entries({ 'without a body': 0, 'with a body of 2 KB': 2048 })) {
    it(name, async ({ bench }) => {
      const { head, body } = requestWith(Buffer.alloc(bytes, 'a'));
      await bench(name, () => {
        for (let n = 0; n < VERIFICATIONS; n++) {
          const presented = readSignature(head);
          checkSignature(presented, head, { service: 'execute-api', region: 'us-east-1', now });
          verifySignature(presented, head, body, CREDENTIALS.secretAccessKey);
        }
      }).run();
    });
  }
});
