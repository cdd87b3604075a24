import { invalidParameter } from '../refusals.js';

/** What functions run on here: each by the name that AWS has for it. */
const RUNTIMES: readonly string[] = [
  'nodejs20.x',
  'nodejs22.x',
  'nodejs24.x',
  'python3.8',
  'python3.9',
  'python3.10',
  'python3.11',
  'python3.12',
  'python3.13',
  'python3.14',
  'python3.15',
  'provided.al2',
  'provided.al2023',
];

/** Gives the runtime back. Throws `InvalidParameterValueException` in AWS's words for one that is not there. */
export function checkRuntime(runtime: string): string {
  if (RUNTIMES.includes(runtime)) return runtime;
  throw invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES.join(', ')}] or be a valid ARN`,
  );
}
