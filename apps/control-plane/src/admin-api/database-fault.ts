import { AwsError, concurrentModification } from '@gatehouse/aws-wire';

/** Connection lost, refused or not to be had. Sources: Node.js's system errors; PostgreSQL's error codes, appendix A. */
const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  '53300',
  '57P01',
  '57P02',
  '57P03',
]);
/** Class 08: connection exceptions. */
const CONNECTION_EXCEPTION = /^08/;
/** What pg says without a code. */
const CONNECTION_LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

/** Two writers met in a way that locks did not put in order: serialisation failure, deadlock, lock not available, unique and foreign keys. */
const CONCURRENT = new Set(['40001', '40P01', '55P03', '23505', '23503']);

/** Program limit exceeded: what a row is found by is longer than an index takes (2,704 bytes, compressed). */
const TOO_LONG = '54000';

/** What a client is told of an error of the database; undefined when it is none that passes by itself, or that the client can mend. */
export function databaseFault(error: unknown): AwsError | undefined {
  for (const cause of causesOf(error)) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (code === TOO_LONG) return new AwsError('BadRequestException', 'A name in the request is too long');
    if (CONCURRENT.has(code)) return concurrentModification();
    if (UNAVAILABLE.has(code) || CONNECTION_EXCEPTION.test(code) || CONNECTION_LOST.test(cause.message)) {
      return new AwsError('ServiceUnavailableException', 'The service is temporarily unavailable. Please try again later.', 1);
    }
  }
  return undefined;
}

/** An error, the driver's error in it, and those of a host with several addresses. */
function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const inner = 'driverError' in error ? causesOf(error.driverError) : [];
  return [error, ...inner, ...(error instanceof AggregateError ? error.errors.flatMap(causesOf) : [])];
}
