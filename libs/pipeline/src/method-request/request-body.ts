import { InvalidJson, readJson, type JsonValue, type SchemaValidator } from '@gatehouse/json-schema';
import { isUtf8 } from 'node:buffer';
import { ERRORS, invalidBody, requestTooLarge, type GatewayError } from '../gateway-response/gateway-error.js';
import { mediaType } from '../http/binary-media-types.js';
import { CONTENT_TYPE } from '../http/header-info.js';
import { BodyTooLarge } from '../http/request-body.js';
import type { StepFactory } from '../rest-pipeline.js';

/** A request without a body is validated as an object without members. Source: recorded behaviour of AWS. */
const EMPTY_BODY = Buffer.from('{}');

/**
 * The body must be JSON that fits the model of its media type, or of all others: no spelling of Content-Type gets around that. It is taken whole, and goes to the integration as it
 * came. Source: recorded behaviour of AWS.
 */
export const requestBody: StepFactory = ({ validation, models }, { services: { bodyLimit } }) => {
  if (validation?.body === undefined) return null;
  const { otherwise } = validation.body;
  const byMediaType = new Map(validation.body.models.map(([type, model]) => [type, models.validator(model)]));
  const ofOthers = otherwise === null ? null : models.validator(otherwise);
  return ({ request: { body }, headers }) => {
    let validator = ofOthers;
    if (byMediaType.size > 0) {
      // A backend may go by another one of them than the gateway.
      if (headers.contradictory(CONTENT_TYPE)) return ERRORS.contradictoryContentType;
      validator = byMediaType.get(mediaType(headers.first(CONTENT_TYPE))) ?? ofOthers;
    }
    if (body.length === 0) return validate(EMPTY_BODY, validator);
    return body.whole(bodyLimit).then(
      (bytes) => validate(bytes.length === 0 ? EMPTY_BODY : bytes, validator),
      (error: unknown) => (error instanceof BodyTooLarge ? requestTooLarge(bodyLimit) : ERRORS.clientBroke),
    );
  };
};

/** @param validator null where any JSON will do */
function validate(bytes: Buffer, validator: SchemaValidator | null): GatewayError | undefined {
  if (!isUtf8(bytes)) return invalidBody(['request body is not UTF-8']);
  const text = bytes.toString('utf8');
  let value: JsonValue;
  try {
    value = readJson(text);
  } catch (error) {
    if (error instanceof InvalidJson) return invalidBody([`request body is not JSON: ${error.message}`]);
    throw error;
  }
  const faults = validator?.faultsOf(value, text.length) ?? null;
  return faults === null ? undefined : invalidBody(faults);
}
