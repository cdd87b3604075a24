import { benchAdmin } from './admin/bench-admin.js';
import { Cleanup } from './cleanup.js';
import { benchFunctions } from './functions/bench-functions.js';
import { benchLimits } from './limits/bench-limits.js';
import { OptionError } from './option-values.js';
import { USAGE, readOptions, type Options } from './options.js';
import { benchProxy } from './proxy/bench-proxy.js';
import { benchPublish } from './publish/bench-publish.js';

const cleanup = new Cleanup();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanup.run().then(() => process.exit(130)));
}
const print = (line: string) => console.log(line);

try {
  const reached = await run(readOptions(process.argv.slice(2)));
  await cleanup.run();
  process.exit(reached ? 0 : 1);
} catch (error) {
  await cleanup.run();
  console.error(error instanceof OptionError ? `bench: ${error.message}\n${USAGE}` : error);
  process.exit(error instanceof OptionError ? 2 : 1);
}

function run(options: Options): Promise<boolean> {
  switch (options.benchmark) {
    case 'publish':
      return benchPublish(options, cleanup, print);
    case 'proxy':
      return benchProxy(options, cleanup, print);
    case 'admin':
      return benchAdmin(options, cleanup, print);
    case 'functions':
      return benchFunctions(options, cleanup, print);
    case 'limits':
      return benchLimits(options, cleanup, print);
  }
}
