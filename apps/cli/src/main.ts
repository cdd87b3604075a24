import { parseArgs } from 'node:util';
import { certificate } from './certificate.js';
import { CliError, describeError } from './cli-error.js';
import { readEnvironment } from './environment.js';
import { explain } from './explain.js';
import { fleet } from './fleet.js';
import { HELP } from './help.js';
import { keys } from './keys.js';
import { runStart } from './run-start.js';
import { token } from './token.js';

/** Runs one command and returns its exit code. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseCommandLine(args);
  const [command, ...rest] = positionals;
  if (values.help || command === undefined || command === 'help') {
    console.log(HELP);
    return values.help || command ? 0 : 2;
  }
  const environment = readEnvironment(process.env);
  switch (command) {
    case 'start':
      return runStart(environment, rest, values);
    case 'token':
      return token(environment, rest, values);
    case 'certificate':
      return certificate(environment, rest, values);
    case 'fleet':
      return fleet(environment, rest, values);
    case 'explain':
      return explain(environment, rest, values);
    case 'keys':
      return keys(rest);
    default:
      throw new CliError(`there is no command ${command}; "gatehouse help" lists them`);
  }
}

function parseCommandLine(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        gateways: text,
        'expires-in': text,
        endpoint: text,
        api: text,
        stage: text,
        method: { ...text, short: 'X' },
        header: { ...text, short: 'H', multiple: true },
        data: { ...text, short: 'd' },
      },
    });
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`gatehouse: ${describeError(error)}`);
  process.exit(1);
}
