import type { Type } from '@nestjs/common';
import { bind } from './bind.js';
import { refuseManyPatches } from './refuse-many-patches.js';
import { refuseUnstorable } from './refuse-unstorable.js';
import { API_GATEWAY_LOCATIONS, assertValid, LAMBDA_LOCATIONS } from './violations.js';
import type { WireRequest } from './wire-request.js';

/**
 * Reads a request as the input of one operation. `type` is a generated `...Request` class, whose name gives AWS's name of the input.
 * Throws `SerializationException`, `ValidationException` or `BadRequestException` as `AwsError`; the messages are AWS's where AWS has one.
 */
export function readInput<T extends object>(wire: WireRequest, type: Type<T>): T {
  const input = bind(wire, type);
  const isOfLambda = inputsOfLambda.has(type);
  refuseUnstorable(input, isOfLambda);
  refuseManyPatches(input);
  assertValid(input, operationOf(type), isOfLambda ? LAMBDA_LOCATIONS : API_GATEWAY_LOCATIONS);
  return input;
}

const inputsOfLambda = new WeakSet<Type<object>>();

/** Says that a generated class is the input of an operation of Lambda, whose messages name members in another way. */
export const isInputOfLambda = (type: Type<object>) => void inputsOfLambda.add(type);

/** `CreateRestApiRequest` -> `createRestApi` */
const operationOf = (type: Type<object>) => type.name.charAt(0).toLowerCase() + type.name.slice(1).replace(/Request$/, '');
