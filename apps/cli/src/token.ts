import { CliError } from './cli-error.js';
import { parseDuration } from './duration.js';
import type { Environment } from './environment.js';
import { connect } from './remote.js';
import { formatTable } from './table.js';

interface Token {
  tokenId: string;
  createdDate: string;
  expiresAt: string;
}

/** `gatehouse token create | list | revoke <id>`. A new token goes to standard output alone, so that a script can take it. */
export async function token(
  environment: Environment,
  [action, ...rest]: string[],
  options: { endpoint?: string; 'expires-in'?: string },
): Promise<number> {
  const seconds = parseDuration('--expires-in', options['expires-in'] ?? '1h');
  if (action === 'create' && rest.length === 0) {
    const admin = await connect(environment, options.endpoint);
    const created = await admin.send<Token & { token: string }>('POST', '/gatehouse/tokens', { expiresInSeconds: seconds });
    console.error(`token ${created.tokenId}, valid until ${created.expiresAt}; it is shown only now`);
    console.log(created.token);
  } else if (action === 'list' && rest.length === 0) {
    const admin = await connect(environment, options.endpoint);
    const { items } = await admin.send<{ items: Token[] }>('GET', '/gatehouse/tokens');
    console.log(
      formatTable(
        ['ID', 'CREATED', 'EXPIRES'],
        items.map((item) => [item.tokenId, item.createdDate, item.expiresAt]),
      ),
    );
  } else if (action === 'revoke' && rest.length === 1) {
    const admin = await connect(environment, options.endpoint);
    await admin.send('DELETE', `/gatehouse/tokens/${encodeURIComponent(rest[0]!)}`);
    console.log(`token ${rest[0]} is revoked`);
  } else {
    throw new CliError('token takes "create", "list" or "revoke <id>"');
  }
  return 0;
}
