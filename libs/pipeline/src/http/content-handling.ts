import type { ContentHandling } from '@gatehouse/snapshot';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * A body as text or as bytes, as `wanted` says: what is binary becomes text by base64, and text binary by undoing it. Undefined for text that is no base64. Source:
 * AWS, "Content type conversions in API Gateway".
 */
export function converted(body: Buffer, isBinary: boolean, wanted: ContentHandling | undefined): Buffer | undefined {
  if (isBinary) return wanted === 'CONVERT_TO_TEXT' ? Buffer.from(body.toString('base64')) : body;
  return wanted === 'CONVERT_TO_BINARY' ? decoded(body) : body;
}

/** Line ends may stand in it, as encoders write them. */
function decoded(body: Buffer): Buffer | undefined {
  const text = body.toString('latin1').replace(/[\r\n]+/g, '');
  return text.length % 4 === 0 && BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}
