import { badRequest } from '@gatehouse/aws-wire';

/** Operations in one PATCH request: they are applied while locks are held and other requests wait. Terraform sends some hundreds at most. */
const MAX_PATCH_OPERATIONS = 1000;

/** Throws `BadRequestException` for a request with more patch operations than one may have. */
export function refuseManyPatches(input: object): void {
  const operations: unknown = Reflect.get(input, 'patchOperations');
  if (Array.isArray(operations) && operations.length > MAX_PATCH_OPERATIONS)
    throw badRequest(`The request holds more than ${MAX_PATCH_OPERATIONS} patchOperations`);
}
