import { createRequire } from 'node:module';
import { latin1 } from './latin1.js';
import type { Reading, ReadMessage } from './reading.fixture.js';

/** What is used of a global that this project's types leave out. */
interface WebAssemblyGlobal {
  readonly WebAssembly: {
    readonly Module: new (bytes: Buffer) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  };
}
const { WebAssembly } = globalThis as unknown as WebAssemblyGlobal;

/** What is used of the module that undici ships: llhttp with the callbacks that undici has for it. */
interface Llhttp {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(bytes: number): number;
  llhttp_alloc(type: number): number;
  llhttp_free(parser: number): void;
  llhttp_execute(parser: number, bytes: number, length: number): number;
  llhttp_finish(parser: number): number;
  llhttp_get_error_pos(parser: number): number;
  llhttp_get_method(parser: number): number;
  llhttp_get_http_minor(parser: number): number;
}

const require = createRequire(import.meta.url);
const wasm = require('undici/lib/llhttp/llhttp-wasm.js') as Buffer<ArrayBuffer>;
const { ERROR, METHODS, TYPE } = require('undici/lib/llhttp/constants.js') as Record<
  'ERROR' | 'METHODS' | 'TYPE',
  Record<string, number>
>;
const METHOD_NAMES = new Map(Object.entries(METHODS).map(([name, value]) => [value, name]));

/** What one parser has told of its message. */
class Told {
  readonly spans = { url: '', status: '', body: '' };
  readonly headers: string[] = [];
  readonly trailers: string[] = [];
  private inValue = true;
  statusCode = 0;
  keepAlive = false;
  upgrade = false;
  headComplete = false;
  complete = false;

  constructor(readonly noBody: boolean) {}

  name(text: string): void {
    const list = this.headComplete ? this.trailers : this.headers;
    if (this.inValue) list.push(text, '');
    else list[list.length - 2] += text;
    this.inValue = false;
  }
  value(text: string): void {
    const list = this.headComplete ? this.trailers : this.headers;
    list[list.length - 1] += text;
    this.inValue = true;
  }
}

let told: Told;
const text = (at: number, length: number) => latin1(Buffer.from(llhttp.memory.buffer, at, length));
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {
  env: {
    wasm_on_message_begin: () => 0,
    wasm_on_url: (_: number, at: number, length: number) => ((told.spans.url += text(at, length)), 0),
    wasm_on_status: (_: number, at: number, length: number) => ((told.spans.status += text(at, length)), 0),
    wasm_on_header_field: (_: number, at: number, length: number) => (told.name(text(at, length)), 0),
    wasm_on_header_value: (_: number, at: number, length: number) => (told.value(text(at, length)), 0),
    wasm_on_headers_complete: (_: number, statusCode: number, upgrade: number, keepAlive: number) => {
      Object.assign(told, { statusCode, upgrade: upgrade === 1, keepAlive: keepAlive === 1, headComplete: true });
      return told.noBody ? 1 : 0;
    },
    wasm_on_body: (_: number, at: number, length: number) => ((told.spans.body += text(at, length)), 0),
    // Stops there, so that the place is known.
    wasm_on_message_complete: () => ((told.complete = true), ERROR['PAUSED'] as number),
  },
});
const llhttp = exports as unknown as Llhttp;
const MEMORY = 1 << 20;
const memory = llhttp.malloc(MEMORY);

/** Has llhttp read the first message in `pieces`, with every leniency off, as undici and Node.js use it. Blanks behind values are still there. `method` is the one that a response answers; null reads a request. */
export function readByLlhttp(pieces: readonly Buffer[], method: string | null): Reading {
  told = new Told(method === 'HEAD');
  const parser = llhttp.llhttp_alloc((method === null ? TYPE['REQUEST'] : TYPE['RESPONSE']) as number);
  try {
    let before = 0;
    for (const piece of pieces) {
      new Uint8Array(llhttp.memory.buffer).set(piece, memory);
      const error = llhttp.llhttp_execute(parser, memory, piece.length);
      if (told.complete) return message(parser, method, before + llhttp.llhttp_get_error_pos(parser) - memory);
      if (error !== ERROR['OK'])
        return { kind: 'refused', why: Object.keys(ERROR).find((name) => ERROR[name] === error) as string };
      before += piece.length;
    }
    const error = llhttp.llhttp_finish(parser);
    return told.complete ? message(parser, method, before) : { kind: 'unfinished', why: String(error) };
  } finally {
    llhttp.llhttp_free(parser);
  }
}

function message(parser: number, method: string | null, end: number): Reading {
  const { spans, headers, trailers, statusCode, keepAlive, upgrade } = told;
  const read: ReadMessage = {
    start: method === null ? `${METHOD_NAMES.get(llhttp.llhttp_get_method(parser))} ${spans.url}` : String(statusCode),
    minorVersion: llhttp.llhttp_get_http_minor(parser),
    headers,
    body: spans.body,
    trailers,
    keepAlive,
    upgrade,
  };
  return { kind: 'message', end, message: read };
}
