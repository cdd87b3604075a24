import { connect, type Socket } from 'node:net';

/** A client of bare sockets. */
export class RawClient {
  readonly socket: Socket;
  text = '';
  private ended = false;
  private error: NodeJS.ErrnoException | null = null;
  private readonly changed: (() => void)[] = [];

  /** @param options `allowHalfOpen`: goes on sending after the other side's end */
  constructor(port: number, options: { allowHalfOpen?: boolean } = {}) {
    this.socket = connect({ port, host: '127.0.0.1', ...options });
    this.socket.on('data', (chunk) => {
      this.text += chunk.toString('latin1');
      this.tell();
    });
    this.socket.on('error', (error) => (this.error = error));
    this.socket.on('close', () => {
      this.ended = true;
      this.tell();
    });
  }

  private tell(): void {
    for (const resolve of this.changed.splice(0)) resolve();
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Resolves when what came so far matches; rejects when the connection ends before. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.text)) {
      if (this.ended) throw new Error(`the connection ended after ${JSON.stringify(this.text.slice(0, 500))}`);
      await new Promise<void>((resolve) => this.changed.push(resolve));
    }
    return this.text;
  }

  /** Resolves when the connection is closed: with everything that came, and how it ended. */
  async closed(): Promise<{ text: string; reset: boolean }> {
    while (!this.ended) await new Promise<void>((resolve) => this.changed.push(resolve));
    return { text: this.text, reset: this.error?.code === 'ECONNRESET' };
  }
}

/** Sends one request's bytes and takes everything until the connection ends. */
export function exchangeRaw(port: number, text: string): Promise<{ text: string; reset: boolean }> {
  return new RawClient(port).send(text).closed();
}

/** Body of the (only) answer in a raw text. */
export function bodyOf(text: string): string {
  return text.slice(text.indexOf('\r\n\r\n') + 4);
}
