/** What comes of a message. */
export interface Outcome {
  /** Statuses of what the client was answered. */
  readonly answers: readonly number[];
  /** What becomes of its connection; one that is open serves the next request. */
  readonly connection: 'open' | 'closed' | 'reset';
  /** What the backend was asked: method, target, and the body where there is one. */
  readonly backend: readonly string[];
}

/** One message of the corpus, or several in one go. */
export interface Attack {
  /** The technique. */
  readonly name: string;
  /** One character a byte. */
  readonly bytes: string;
  /** Of the requests that are answered, where one of them is HEAD; `unknown` where one may be. */
  readonly methods?: readonly string[] | 'unknown';
  /** The client ends its side behind the bytes. */
  readonly ends?: boolean;
  readonly outcome: Outcome;
}

/** Answered with an error, and the connection closed; nothing goes on. */
export function refused(name: string, bytes: string, status = 400): Attack {
  return { name, bytes, outcome: { answers: [status], connection: 'closed', backend: [] } };
}

/** Served for what it is, each request by itself, and the connection goes on. */
export function served(name: string, bytes: string, backend: readonly string[], answers = backend.map(() => 200)): Attack {
  return { name, bytes, outcome: { answers, connection: 'open', backend } };
}

/** A request that is understood and answered with an error; the connection goes on, and nothing reaches the backend. */
export function denied(name: string, bytes: string, status: number): Attack {
  return { name, bytes, outcome: { answers: [status], connection: 'open', backend: [] } };
}
