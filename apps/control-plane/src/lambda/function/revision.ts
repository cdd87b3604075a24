import { preconditionFailed } from '../refusals.js';

/** Throws `PreconditionFailedException` when a request was made for another revision than the current one. */
export function checkRevision(asked: string | undefined, current: string): void {
  if (asked === undefined || asked === current) return;
  throw preconditionFailed(
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  );
}
