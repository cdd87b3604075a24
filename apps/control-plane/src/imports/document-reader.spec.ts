import { AwsError } from '@gatehouse/aws-wire';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sourceReader } from './document-reader.fixture.js';
import { DocumentReader, type ReaderOptions } from './document-reader.js';

let reader: DocumentReader;
afterEach(async () => {
  vi.restoreAllMocks();
  await reader?.onApplicationShutdown();
});

/** A program in the place of the reading one, which is told the text of a document and answers by `answer`. */
function withProgram(program: string, options: Partial<ReaderOptions> = {}): DocumentReader {
  const source = `
    import { parentPort, threadId } from 'node:worker_threads';
    const answer = (result) => parentPort.postMessage({ result });
    parentPort.on('message', ({ body }) => {
      const text = Buffer.from(body).toString();
      ${program}
    });`;
  return (reader = new DocumentReader({ program: new URL(`data:text/javascript,${encodeURIComponent(source)}`), ...options }));
}

const scopeOf = (accountId: string) => ({ accountId, region: 'us-east-1' });
const read = (text: string, accountId = 'one'): Promise<unknown> =>
  reader.read(scopeOf(accountId), 'documentation', Buffer.from(text), undefined);

async function refused(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AwsError)) throw new Error('not refused', { cause: error });
  return `${error.type}: ${error.message}`;
}

describe('a document that is read on a thread', () => {
  it('is answered as it would be here', async () => {
    reader = sourceReader();
    const body = Buffer.from('{"openapi": "3.0.1", "info": {"title": "t"}, "paths": {"/a": {"get": {}}}}');
    const { definition, places } = await reader.read(scopeOf('one'), 'restApi', body, { apiId: 'a', basepath: 'ignore' });
    expect(definition.name).toBe('t');
    expect(places.get(definition.resources[0]!.methods[0]!)).toEqual({ pointer: '/paths/~1a/get', line: 1 });
    expect(body.toString()).toMatch(/^\{"openapi"/);
  });

  it('is refused as it would be here', async () => {
    reader = sourceReader();
    const bad = reader.read(scopeOf('one'), 'restApi', Buffer.from('{\n"openapi"'), { apiId: 'a', basepath: 'ignore' });
    expect(await refused(bad)).toBe("BadRequestException: Invalid OpenAPI input. (line 2): expected ':'");
    expect(await refused(reader.read(scopeOf('one'), 'documentation', Buffer.from('text'), undefined))).toBe(
      'BadRequestException: Unable to build importer with provided input.',
    );
  });

  it.each([
    ['exits', 'process.exit(1)'],
    ['throws', 'throw new Error("a fault")'],
    ['throws later', 'globalThis.setTimeout(() => { throw new Error("a fault"); }, 1)'],
  ])('over which its thread %s is refused, and others are read after it', async (_, fault) => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    withProgram(`if (text === 'bad') { ${fault}; return; } answer(text);`, { threads: 1 });
    const [bad, good] = [read('bad'), read('good')];
    expect(await refused(bad)).toBe(
      'BadRequestException: Invalid OpenAPI input. The document could not be read: what read it ended.',
    );
    expect(await good).toBe('good');
    expect(await read('better')).toBe('better');
    expect(said).toHaveBeenCalledTimes(1);
  });

  it('is refused at once when the answer of its thread does not arrive whole', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    withProgram('answer(threadId);', { threads: 1 });
    const first = await read('');
    vi.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function (this: Worker) {
      setImmediate(() => this.emit('messageerror', new Error('not to be read')));
    });
    expect(await refused(read(''))).toBe(
      'BadRequestException: Invalid OpenAPI input. The document could not be read: what read it ended.',
    );
    expect(await read('')).not.toBe(first);
    expect(said).toHaveBeenCalledTimes(1);
  });

  it('is refused when it takes too long, and others are read after it', async () => {
    withProgram(`if (text === 'bad') for (;;); answer(text);`, { threads: 1, seconds: 0.5 });
    expect(await refused(read('bad'))).toBe(
      'BadRequestException: Invalid OpenAPI input. The document could not be read within 0.5 seconds.',
    );
    reader = withProgram(`answer(text);`, { threads: 1 });
    expect(await read('good')).toBe('good');
  });

  it('is refused when it takes too much memory, and others are read after it', async () => {
    withProgram(`if (text === 'bad') for (const all = []; ; ) all.push({ a: all.length }); answer(text);`, {
      threads: 1,
      mebibytes: 32,
    });
    expect(await refused(read('bad'))).toBe(
      'BadRequestException: Invalid OpenAPI input. The document could not be read within 32 MiB of memory.',
    );
    expect(await read('good')).toBe('good');
  });

  it('waits while others are read, unless too many do', async () => {
    withProgram(`globalThis.setTimeout(answer, 50, text);`, { threads: 2, mostWaiting: 3 });
    const all = Array.from({ length: 5 }, (_, index) => read(String(index)));
    expect(await refused(read('too many'))).toBe(
      'TooManyRequestsException: Too many documents are being imported. Please try again later.',
    );
    expect(await Promise.all(all)).toEqual(['0', '1', '2', '3', '4']);
    expect(await read('again')).toBe('again');
  });

  it('waits while others of its account are read, which take not all places', async () => {
    withProgram(`globalThis.setTimeout(answer, 50, text);`, { threads: 1, mostWaiting: 4, mostOfAccount: 2 });
    const all = ['0', '1', '2'].map((text) => read(text));
    const tooMany = 'TooManyRequestsException: Too many documents are being imported. Please try again later.';
    expect(await refused(read('too many'))).toBe(tooMany);
    all.push(read('3', 'two'), read('4', 'two'));
    expect(await refused(read('too many', 'three'))).toBe(tooMany);
    expect(await Promise.all(all)).toEqual(['0', '1', '2', '3', '4']);
    expect(await read('again')).toBe('again');
  });

  it('is read by the thread that read the last one, which ends when there is nothing to read', async () => {
    withProgram(`answer(threadId);`, { idleSeconds: 0.2 });
    const started = once(process, 'worker') as Promise<[Worker]>;
    const first = await read('');
    expect(await read('')).toBe(first);
    const [thread] = await started;
    await once(thread, 'exit');
    expect(await read('')).not.toBe(first);
  });
});
