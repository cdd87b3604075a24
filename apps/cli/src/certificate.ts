import { readFile } from 'node:fs/promises';
import { CliError } from './cli-error.js';
import type { Environment } from './environment.js';
import { connect } from './remote.js';
import { formatTable } from './table.js';

const CERTIFICATES = '/gatehouse/certificates';

interface Certificate {
  certificateArn: string;
  domainNames: string[];
  notAfter: string;
}

/**
 * `gatehouse certificate import <chain> <key> | renew <arn> <chain> <key> | list | delete <arn>`. The ARN of a new certificate goes to standard output
 * alone, so that a script can take it.
 */
export async function certificate(
  environment: Environment,
  [action, ...rest]: string[],
  { endpoint }: { endpoint?: string },
): Promise<number> {
  const [first, second, third] = rest;
  if (action === 'import' && first && second && rest.length === 2) {
    const material = await readMaterial(first, second);
    const admin = await connect(environment, endpoint);
    const made = await admin.send<Certificate>('POST', CERTIFICATES, material);
    console.error(describe(made));
    console.log(made.certificateArn);
  } else if (action === 'renew' && first && second && third && rest.length === 3) {
    const material = await readMaterial(second, third);
    const admin = await connect(environment, endpoint);
    console.log(describe(await admin.send<Certificate>('PUT', targetOf(first), material)));
  } else if (action === 'list' && rest.length === 0) {
    const admin = await connect(environment, endpoint);
    const rows: string[][] = [];
    for (let position: string | undefined = ''; position !== undefined;) {
      const query = new URLSearchParams({ limit: '500', position });
      const page: { items: Certificate[]; position?: string } = await admin.send('GET', `${CERTIFICATES}?${query.toString()}`);
      rows.push(...page.items.map((item) => [item.certificateArn, item.notAfter, item.domainNames.join(' ')]));
      position = page.position;
    }
    console.log(formatTable(['ARN', 'ENDS', 'DOMAIN NAMES'], rows));
  } else if (action === 'delete' && first && rest.length === 1) {
    const admin = await connect(environment, endpoint);
    await admin.send('DELETE', targetOf(first));
    console.log(`certificate ${first} is deleted`);
  } else {
    throw new CliError(
      'certificate takes "import <chain file> <key file>", "renew <arn> <chain file> <key file>", "list" or "delete <arn>"',
    );
  }
  return 0;
}

async function readMaterial(chainFile: string, keyFile: string): Promise<object> {
  return { certificateBody: await read(chainFile), certificatePrivateKey: await read(keyFile) };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file} cannot be read`, { cause: error });
  }
}

/** An ARN may be shortened to its last part, the id. */
const targetOf = (arn: string) => `${CERTIFICATES}/${encodeURIComponent(arn.slice(arn.lastIndexOf('/') + 1))}`;

const describe = ({ domainNames, notAfter }: Certificate) => `certificate for ${domainNames.join(', ')}, valid until ${notAfter}`;
