import type { LoggerService } from '@nestjs/common';

/** Parts of Nest that tell of every step of a start, and write down what they also throw. */
const NEST_AT_START = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'ExceptionHandler',
  'ExceptionsHandler',
]);

/** What parts have to say, a line each after the part's name: what happens on stdout, warnings and errors on stderr. */
export class LineLogger implements LoggerService {
  log(message: unknown, ...more: unknown[]): void {
    write(console.log, message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    write(console.error, message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    write(console.error, message, more);
  }
}

/** Nest puts the name of the part last, after a stack if there is one. */
function write(print: (line: string) => void, message: unknown, more: unknown[]): void {
  const part = String(more.at(-1) ?? 'control plane');
  if (NEST_AT_START.has(part)) return;
  const text = message instanceof Error ? (message.stack ?? message.message) : String(message);
  print([`${part}:`, text, ...more.slice(0, -1)].join(' '));
}
