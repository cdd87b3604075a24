import { OptionError, USAGE, readOptions } from './options.js';
import { benchPublish } from './publish/bench-publish.js';

try {
  const options = readOptions(process.argv.slice(2));
  const reached = await benchPublish(options, (line) => console.log(line));
  process.exit(reached ? 0 : 1);
} catch (error) {
  console.error(error instanceof OptionError ? `bench: ${error.message}\n${USAGE}` : error);
  process.exit(error instanceof OptionError ? 2 : 1);
}
