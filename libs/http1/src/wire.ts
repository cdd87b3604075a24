import { canWriteDirectly, writeDirectly, writeError, type SocketHandle } from './direct-write.js';
import { latin1 } from './latin1.js';
import { Socket, type OnReadOpts } from 'node:net';

/** Told what happens on a wire. Exactly one `closed`, always the last. */
export interface WireListener {
  /** What comes next belongs to a message that has begun. Asked after large reads only. */
  readonly midway: boolean;
  /**
   * Bytes came. They lie in memory that the next read uses again: they are valid until this returns, and are copied by whoever keeps them. Only
   * `Wire.writeBytes` takes them as they are, on its terms.
   */
  received(chunk: Buffer): void;
  /** The other side sends no more; it may still read. */
  ended(): void;
  /** What had to wait has been handed to the kernel. */
  drained(): void;
  /** Nothing goes either way any more. */
  closed(error: Error | null): void;
}

/** Bytes of one read at most. */
const READ_BYTES = 65_536;
/** Up to here bytes are copied rather than kept: they are written as text, and text before them is joined with them. */
const COPIED_BYTES = 8_192;

/** Read into by every wire that is not in the middle of a large message: an idle connection needs no memory of its own. */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);
/** Where what came in `shared` is moved before it is given to somebody who may keep it. */
let moved = Buffer.allocUnsafeSlow(READ_BYTES);
/** Memory that wires have given back, for the next large messages. */
const free: (typeof shared)[] = [];
const MOST_FREE = 64;

const wireOf = Symbol('wire');
interface WiredSocket extends Socket {
  [wireOf]: Wire;
}
/** What Node keeps in a socket, as far as it must be moved to another one or asked for. */
interface SocketInnards {
  _handle: SocketHandle | null;
  _server: object | null;
  server: object | null;
  readonly _writableState: { needDrain: boolean };
}

interface TlsInnards extends Socket {
  /** The plain socket that was there before. */
  readonly _parent?: Socket | null;
}

/**
 * A byte connection, plain or TLS, without the costs of a stream: plain ones read into shared memory and allocate nothing for it.
 *
 * 1. Made from a socket by `accepted`, `connecting` or `over`; bytes flow to the listener at once.
 * 2. `writeText` and `writeBytes` hand on to the kernel what it takes; false means that the rest waits, and `drained` follows.
 * 3. `pause` and `resume` hold the other side back. `end` sends what waits and closes this side, `destroy` and `reset` end it all at once.
 */
export class Wire {
  private memory = shared;
  private lastRead = 0;
  private paused = false;
  /** It was paused since `memory` was taken: what lies there may have been kept. */
  private lent = false;
  private error: Error | null = null;
  /** A plain socket that was not ended: text need not pass through its stream. */
  private direct = false;
  /** Bytes that were written past the stream and still wait for the kernel. */
  private waitingDirectly = 0;

  private constructor(
    readonly socket: Socket,
    public listener: WireListener,
  ) {}

  /**
   * Over a plain socket that a `net.Server` with `pauseOnConnect` and `allowHalfOpen` has accepted. The server's own socket is given up for one that
   * reads into shared memory, which `net.Server` has no option for.
   */
  static accepted(accepted: Socket, listener: WireListener): Wire {
    const innards = accepted as unknown as SocketInnards;
    const handle = innards._handle;
    // Closed already, and it may have told so.
    if (handle === null) {
      const wire = Wire.over(accepted, listener);
      if (accepted.closed) process.nextTick(() => wire.closed());
      return wire;
    }
    innards._handle = null;
    const reading = new SharedReading();
    const socket = new Socket({ handle, allowHalfOpen: true, onread: reading } as object);
    // The server counts its sockets by their closing.
    Object.assign(socket, { server: innards.server, _server: innards._server });
    innards._server = null;
    return (reading.wire = new Wire(socket, listener).listenDirectly());
  }

  /** Over a plain socket that `connect` makes: it must pass `options` on to `net.connect`. Nothing is received before it is connected. */
  static connecting(connect: (options: { onread: OnReadOpts; allowHalfOpen: true }) => Socket, listener: WireListener): Wire {
    const reading = new SharedReading();
    const socket = connect({ onread: reading as OnReadOpts, allowHalfOpen: true });
    return (reading.wire = new Wire(socket, listener).listenDirectly());
  }

  /** Over any other socket, such as a `TLSSocket`. */
  static over(socket: Socket, listener: WireListener): Wire {
    const wire = new Wire(socket, listener).listen();
    socket.on('data', onData);
    return wire;
  }

  private listenDirectly(): this {
    this.direct = true;
    return this.listen();
  }

  private listen(): this {
    const { socket } = this;
    (socket as WiredSocket)[wireOf] = this;
    socket.on('end', onEnd).on('drain', onDrain).on('error', onError).on('close', onClose);
    socket.resume();
    return this;
  }

  /** Text of one byte a character (latin1). Answers whether the kernel took everything. */
  writeText(text: string): boolean {
    const { socket } = this;
    // What is in the stream goes first.
    if (this.direct && socket.writableLength === 0 && !socket.connecting) {
      const handle = (socket as unknown as SocketInnards)._handle;
      if (handle !== null && canWriteDirectly(handle)) return this.writeDirectly(handle, text);
    }
    socket.write(text, 'latin1');
    return this.allTaken();
  }

  private writeDirectly(handle: SocketHandle, text: string): boolean {
    const request = writeDirectly(this.socket, handle, text);
    if (request !== null) {
      const { length } = text;
      this.waitingDirectly += length;
      request.oncomplete = (error) => {
        this.waitingDirectly -= length;
        if (error !== 0) this.socket.destroy(writeError(error));
        else if (this.waiting === 0) this.listener.drained();
      };
    }
    return this.waitingDirectly === 0;
  }

  /**
   * Takes bytes as they come from another wire. Where the answer is false, the caller pauses the wire that they came from before its `received`
   * returns: they are not copied, and their memory stays with this wire until `drained`.
   */
  writeBytes(bytes: Buffer): boolean {
    if (bytes.length <= COPIED_BYTES) return this.writeText(latin1(bytes));
    this.socket.write(bytes);
    return this.allTaken();
  }

  /** Both in one go, on the terms of `writeBytes`. */
  writeTextAndBytes(text: string, bytes: Buffer): boolean {
    if (bytes.length <= COPIED_BYTES) return this.writeText(text + latin1(bytes));
    const { socket } = this;
    socket.cork();
    socket.write(text, 'latin1');
    socket.write(bytes);
    socket.uncork();
    return this.allTaken();
  }

  private allTaken(): boolean {
    const { socket } = this;
    if (socket.writableLength === 0) return this.waitingDirectly === 0;
    // Without it Node tells of the end of the wait only where more waits than its high-water mark.
    (socket as unknown as SocketInnards)._writableState.needDrain = true;
    return false;
  }

  /** Bytes that were written and still wait for the kernel. */
  get waiting(): number {
    return this.socket.writableLength + this.waitingDirectly;
  }

  /** An error has come, at the latest when something was written just now: in that case the kernel took nothing of it. */
  get broken(): boolean {
    return this.socket.errored !== null;
  }

  /** Bytes that the kernel has taken so far, on TLS those that were encrypted: while some wait, a change shows that the other side still reads. */
  get taken(): number {
    const handle = (this.socket as unknown as SocketInnards)._handle;
    return handle === null ? 0 : handle.bytesWritten - handle.writeQueueSize;
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.lent = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.socket.resume();
  }

  /** Sends what waits, then tells the other side that nothing more comes. */
  end(): void {
    this.direct = false;
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }

  /**
   * Ends it so that the other side cannot take what it got for a whole message: with a RST. A TLS connection that has made its plain one by itself ends
   * without a closing alert. After `end` it is `destroy`.
   */
  reset(): void {
    const { socket } = this;
    // The system resets nothing that is on its way to its end, and Node would keep it open and tell nobody.
    if (socket.writableEnded) return this.destroy();
    const carrier = 'encrypted' in socket ? (socket as TlsInnards)._parent : socket;
    if (carrier instanceof Socket) carrier.resetAndDestroy();
    else socket.destroy();
  }

  get destroyed(): boolean {
    return this.socket.destroyed;
  }

  /** Called with each read into `memory`. Answers whether to go on reading. */
  take(bytes: number): boolean {
    this.lastRead = bytes;
    if (this.memory === shared && bytes > COPIED_BYTES) this.move(bytes);
    else this.listener.received(this.memory.subarray(0, bytes));
    return !this.paused;
  }

  /** Others read into the shared memory while a chunk may be kept. */
  private move(bytes: number): void {
    moved.set(shared.subarray(0, bytes));
    this.lent = false;
    this.listener.received(moved.subarray(0, bytes));
    if (this.lent) moved = Buffer.allocUnsafeSlow(READ_BYTES);
  }

  /**
   * The memory for the next read, where it is to be another. Within a message, large reads come in memory of the wire's own, which a pause leaves to the
   * reader. Between messages there is none: nobody knows when the next one comes.
   */
  nextMemory(): Buffer | undefined {
    const { memory } = this;
    if (this.lastRead <= COPIED_BYTES || !this.listener.midway) {
      if (memory === shared) return undefined;
      if (!this.lent && free.length < MOST_FREE) free.push(memory);
      return (this.memory = shared);
    }
    if (memory !== shared && !this.lent) return undefined;
    this.lent = false;
    return (this.memory = free.pop() ?? Buffer.allocUnsafeSlow(READ_BYTES));
  }

  /** For the module's event handlers. */
  failed(error: Error): void {
    this.error = error;
  }
  /** For the module's event handlers. */
  closed(): void {
    this.listener.closed(this.error);
  }
}

/** What Node asks for memory and tells of bytes. */
class SharedReading {
  wire: Wire | null = null;
  readonly buffer: () => Buffer;
  readonly callback: (bytes: number) => boolean;

  constructor() {
    // Node takes no answer for "the same as before", which its types do not say.
    this.buffer = () => (this.wire === null ? shared : this.wire.nextMemory()) as Buffer;
    this.callback = (bytes) => this.wire?.take(bytes) ?? true;
  }
}

function onData(this: Socket, chunk: Buffer): void {
  (this as WiredSocket)[wireOf].listener.received(chunk);
}
function onEnd(this: Socket): void {
  (this as WiredSocket)[wireOf].listener.ended();
}
function onDrain(this: Socket): void {
  (this as WiredSocket)[wireOf].listener.drained();
}
function onError(this: Socket, error: Error): void {
  (this as WiredSocket)[wireOf].failed(error);
}
function onClose(this: Socket): void {
  (this as WiredSocket)[wireOf].closed();
}
