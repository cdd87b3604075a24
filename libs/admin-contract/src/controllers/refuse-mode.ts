import { badRequest } from '@gatehouse/aws-wire';
import type { WireRequest } from '../validation/wire-request.js';

/**
 * For the operation without `?mode=` of those that share method and path: throws `BadRequestException` for a mode that none of them has,
 * which would be taken for this operation. `modes` are the others'.
 */
export function refuseMode({ query }: WireRequest, ...modes: string[]): void {
  const mode = query.get('mode');
  if (mode !== null) throw badRequest(`Invalid mode specified: ${mode}. Must be one of: [${modes.join(', ')}]`);
}
