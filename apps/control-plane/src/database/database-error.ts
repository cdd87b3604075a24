import { StartupError } from '../startup-error.js';

/** Tells in one line why the database cannot be used: with host, port, database and user, never with the password. */
export function explainDatabaseError(url: string, error: unknown): StartupError {
  const { hostname, port, pathname, username } = new URL(url);
  const database = decodeURIComponent(pathname.slice(1));
  const at = `database "${database}" at ${hostname}:${port || '5432'}`;
  const user = decodeURIComponent(username);
  const { code, message } = rootCause(error);
  switch (code) {
    case '28P01':
      return new StartupError(`DATABASE_URL: ${at}: wrong password for the user "${user}"`);
    case '28000':
      return new StartupError(`DATABASE_URL: ${at}: the user "${user}" may not connect`);
    case '3D000':
      return new StartupError(`DATABASE_URL: ${at}: there is no such database`);
    case 'ECONNREFUSED':
      return new StartupError(`DATABASE_URL: ${at}: nothing listens there (connection refused)`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartupError(`DATABASE_URL: ${at}: the host name is not known`);
    case 'ETIMEDOUT':
      return new StartupError(`DATABASE_URL: ${at}: no answer`);
    default:
      return new StartupError(`DATABASE_URL: ${at}: ${message}`);
  }
}

/** A host name with several addresses fails with an AggregateError, whose members say why. */
function rootCause(error: unknown): { code?: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { code, message: error.message.split('\n', 1)[0] ?? '' };
}
