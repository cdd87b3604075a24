import type { Attack } from './attack.js';
import { BODIES, HEADS, LEFTOVERS } from './corpus/answers.js';
import type { HostileLab } from './hostile-lab.js';
import { chunked, get, post } from './messages.js';
import { mutated, Random } from './random.js';
import { RawClient } from './raw-client.js';
import { echo, type Answering } from './recording-backend.js';

/** Connections at once. */
const CLIENTS = 16;
/** Good requests that are sent in one go. */
const BATCH = 24;
/** Answered 504. */
const NETWORK_ERROR = '{"message":"Network error communicating with endpoint"}';
/** Milliseconds after which a client of a changed message leaves. */
const ENOUGH = 1_000;

const HOSTILE_ANSWERS = [...HEADS, ...BODIES, ...LEFTOVERS].filter(
  ({ bytes, method }) => bytes.length < 2_000 && method === undefined,
);

/** Good and hostile requests, and good and hostile answers, mixed at random, of many clients at once. */
export class MixedLoad {
  /** Requests so far, of whatever kind. */
  requests = 0;
  /** What should not have come, up to a few. */
  readonly wrong: string[] = [];
  private readonly random = new Random(50_021);

  constructor(
    private readonly lab: HostileLab,
    private readonly corpus: readonly Attack[],
  ) {
    lab.backend.recording = false;
    lab.backend.answer = this.answer;
  }

  private readonly answer: Answering = (request, connection) => {
    if (request.target !== '/files/hostile') return echo(request, connection);
    const { bytes, then } = this.random.pick(HOSTILE_ANSWERS);
    connection.socket.write(bytes, 'latin1');
    if (then === 'resets') connection.socket.resetAndDestroy();
    // Nobody knows whether more is awaited.
    else setTimeout(() => connection.socket.end(), 20);
  };

  /** Goes on until there were so many requests; `progress` is told of each tenth of them. */
  async run(requests: number, progress: () => void): Promise<void> {
    for (let tenth = 1; tenth <= 10; tenth++) {
      const end = (requests * tenth) / 10;
      await Promise.all(Array.from({ length: CLIENTS }, () => this.client(end)));
      progress();
    }
  }

  private async client(end: number): Promise<void> {
    while (this.requests < end) {
      await this.good();
      await this.changed();
      await this.leaving();
      await this.answeredHostilely();
    }
  }

  /** Several batches on one connection; each request gets its own answer. */
  private async good(): Promise<void> {
    const client = new RawClient(this.lab.gateway.port);
    for (let batch = 0; batch < 8; batch++) {
      const paths = Array.from({ length: BATCH }, (_, n) => `/files/${this.requests + n}`);
      const texts = paths.map((path) => get(`/dev${path}`, `X-${this.random.below(1_000)}: y\r\n`));
      const bodies = [post('Content-Length: 5\r\n', 'hello'), chunked('5\r\nhello\r\n0\r\n\r\n')];
      client.send(this.lab.fill([...texts, ...bodies].join('')));
      this.requests += BATCH + bodies.length;
      await client.settled(BATCH + bodies.length);
      const expected = [...paths.map((path) => `GET ${path}`), 'POST /open', 'POST /open'];
      const got = client.take().map(({ body }) => body);
      // A kept connection that its backend closes while a POST is on its way: it may not be sent twice.
      const mayBe = (body: string, n: number) => body === expected[n] || (n >= BATCH && body === NETWORK_ERROR);
      const others = got.filter((body, n) => !mayBe(body, n));
      if (others.length > 0 || got.length < expected.length) this.note(`${got.length} answers, among them ${others.join()}`);
    }
    client.socket.destroy();
  }

  /** A message of the corpus with changes, or as it is. */
  private async changed(): Promise<void> {
    const { bytes } = this.random.pick(this.corpus);
    const client = this.lab.connect(this.random.below(2) === 0 ? bytes : mutated(bytes, this.random)).end();
    this.requests++;
    const timer = setTimeout(() => client.reset(), ENOUGH);
    await client.closed();
    clearTimeout(timer);
  }

  /** A client that leaves somewhere in its message. */
  private async leaving(): Promise<void> {
    const { bytes } = this.random.pick(this.corpus);
    const client = this.lab.connect(bytes.slice(0, this.random.below(bytes.length)));
    this.requests++;
    for (let turns = this.random.below(20); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
    client.reset();
  }

  private async answeredHostilely(): Promise<void> {
    const client = this.lab.connect(get('/dev/files/hostile'));
    this.requests++;
    await client.settled(1);
    if (client.received[0]?.body.includes('evil') === true) this.note('an answer of nobody');
    client.socket.destroy();
  }

  private note(what: string): void {
    if (this.wrong.length < 10) this.wrong.push(what.slice(0, 1_000));
  }
}
