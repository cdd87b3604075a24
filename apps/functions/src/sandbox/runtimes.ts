import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** How a runtime is started. */
export interface RuntimeProgram {
  command: string;
  args: string[];
}

export interface RuntimesOptions {
  /** Path of the Node.js of a runtime (`nodejs24.x`, ...). */
  nodes: ReadonlyMap<string, string>;
  /** Node.js of runtimes that `nodes` does not name. */
  defaultNode: string;
  /** Folder of the bootstraps, where the users of functions can read them. */
  bootstraps: string;
  /** Folders in which programs are looked for. */
  searchPath: readonly string[];
}

/** A function cannot be started as it is configured; the message is for its caller. */
export class NoRuntime extends Error {
  constructor(
    readonly errorType: string,
    message: string,
  ) {
    super(message);
  }
}

/** Share of a function's memory that V8's heap may take: the rest is for the stack, buffers and the program itself. */
const HEAP_SHARE = 0.9;

/** Knows how to start each runtime. */
export class Runtimes {
  constructor(private readonly options: RuntimesOptions) {}

  /** Throws `NoRuntime` where the runtime is not there, or the archive lacks what it starts. */
  program(runtime: string, memoryMegabytes: number, taskRoot: string): RuntimeProgram {
    const { bootstraps } = this.options;
    if (runtime.startsWith('nodejs')) {
      const heap = `--max-old-space-size=${Math.floor(memoryMegabytes * HEAP_SHARE)}`;
      return { command: this.node(runtime), args: [heap, path.join(bootstraps, 'node.cjs')] };
    }
    if (runtime.startsWith('python'))
      return { command: this.python(runtime), args: ['-B', '-u', path.join(bootstraps, 'python.py')] };
    if (runtime.startsWith('provided')) return { command: ownBootstrap(taskRoot), args: [] };
    throw new NoRuntime('Runtime.InvalidEntrypoint', `The runtime ${runtime} is not available on this installation.`);
  }

  private node(runtime: string): string {
    return this.options.nodes.get(runtime) ?? this.options.defaultNode;
  }

  private python(runtime: string): string {
    for (const name of [runtime, 'python3']) {
      const found = this.options.searchPath.map((folder) => path.join(folder, name)).find(everyoneMayRun);
      if (found) return found;
    }
    throw new NoRuntime(
      'Runtime.InvalidEntrypoint',
      `The runtime ${runtime} is not available: no python3 is installed for everyone.`,
    );
  }
}

function ownBootstrap(taskRoot: string): string {
  const file = path.join(taskRoot, 'bootstrap');
  if (!existsSync(file)) throw new NoRuntime('Runtime.InvalidEntrypoint', `Couldn't find valid bootstrap(s): [${file}]`);
  try {
    accessSync(file, constants.R_OK);
    if ((statSync(file).mode & 0o111) === 0) throw new Error('not executable');
  } catch {
    throw new NoRuntime('Runtime.InvalidEntrypoint', `fork/exec ${file}: permission denied`);
  }
  return file;
}

/** Other users than this process's can reach the file and execute it. */
function everyoneMayRun(file: string): boolean {
  try {
    for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder))
      if (process.getuid?.() === 0 && (statSync(folder).mode & 0o001) === 0) return false;
    const { mode } = statSync(file);
    return statSync(file).isFile() && (mode & (process.getuid?.() === 0 ? 0o001 : 0o111)) !== 0;
  } catch {
    return false;
  }
}
