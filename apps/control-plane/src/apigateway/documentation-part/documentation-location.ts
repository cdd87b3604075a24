import { completedLocation, type DocumentationLocation, type GivenLocation } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';

/** In bytes, of the location as JSON: what an index of Postgres takes, and far more than any path needs. */
const LARGEST = 2000;

/**
 * The location with its defaults, so that equal locations are equal rows. Throws `BadRequestException` for a type that AWS does not have,
 * a member that the type cannot have, a name that is missing, a status code that is none, and what is too large for a row.
 */
export function completeLocation(given: GivenLocation): DocumentationLocation {
  const completed = completedLocation(given);
  if (completed.fault !== undefined) throw badRequest(completed.fault);
  const { location } = completed;
  if (Buffer.byteLength(JSON.stringify(location)) > LARGEST) {
    throw badRequest(`Invalid documentation part location: can have at most ${LARGEST} bytes`);
  }
  return location;
}
