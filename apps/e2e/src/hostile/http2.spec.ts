import { DATA, END_HEADERS, END_STREAM, fields, frame, FrameClient } from '@gatehouse/testing/http2-frames';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied } from './attack.js';
import { ANSWER_SIZES } from './corpus/answers.js';
import { INJECTIONS, KEY_TRICKS, PORT, SPOOFED } from './corpus/headers.js';
import { asHttp2, FRAMING, HEADS, INJECTED, LEFT_OUT, overHttp2, type Field, type Http2Attack } from './corpus/http2.js';
import { OTHER_PATHS, WITHOUT_KEY } from './corpus/paths.js';
import type { HostileLab } from './hostile-lab.js';
import { API_ID, HOST } from './messages.js';
import { echo, toldUnder } from './recording-backend.js';
import { tlsLab } from './tls-lab.fixture.js';

let lab: HostileLab;
let tlsPort: number;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ lab, tlsPort, stop } = await tlsLab());
});
afterAll(() => stop?.());

const block = (list: readonly Field[]) =>
  fields(...list.map(([name, value]): [string, string] => [lab.fill(name), lab.fill(value)]));

const get = (path: string): Field[] => [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':path', path],
  [':authority', HOST],
];

/** Sends a request on a connection of its own, and sees what comes of it. Everybody else must go on, and so must the connection if it is not ended. */
async function attack({
  fields: list,
  body,
  trailers,
  ends = false,
}: Http2Attack): Promise<Pick<Http2Attack, 'answer' | 'backend'>> {
  lab.backend.requests.length = 0;
  const client = await FrameClient.greeting(tlsPort);
  client.request(1, block(list), body === undefined ? END_HEADERS | END_STREAM : END_HEADERS);
  if (body !== undefined)
    client.send(frame(DATA, trailers === undefined ? END_STREAM : 0, 1, Buffer.from(lab.fill(body), 'latin1')));
  if (trailers !== undefined) client.request(1, block(trailers));
  await client.settled(1);
  const answer = client.statusOf(1) ?? 'reset';
  if (ends) await client.ended();
  else await goesOn(client);
  client.close();
  await lab.askAsBystander();
  return { answer, backend: lab.recorded().filter((text) => !text.startsWith('GET /files/own-')) };
}

/** The connection serves its next request for what it is. */
async function goesOn(client: FrameClient, stream = 3): Promise<void> {
  const path = lab.ownPath();
  client.request(stream, block(get(`/dev${path}`)));
  await client.settled(stream);
  expect(client.bodyOf(stream).toString()).toBe(`GET ${path}`);
}

describe.each<[string, readonly Http2Attack[]]>([
  ['security class: HTTP/1.1 smuggling: from HTTP/2:', FRAMING],
  ['security class: CR/LF and header injection: from HTTP/2:', INJECTED],
  ['security class: CR/LF and header injection: from HTTP/2, a field is left out with', LEFT_OUT],
  ['security class: HTTP/1.1 smuggling: a head of HTTP/2 with', HEADS],
  ['security class: path normalisation against authorization: over HTTP/2, without a key', overHttp2(WITHOUT_KEY)],
  ['security class: path normalisation: over HTTP/2, as it came goes on', overHttp2(OTHER_PATHS)],
  [
    'security class: doubled credentials: over HTTP/2, a keyed resource opens by no',
    overHttp2(KEY_TRICKS.map(([name, bytes]) => denied(name, bytes, 403))),
  ],
  [
    'security class: CR/LF and header injection: over HTTP/2, a mapped value is none with',
    overHttp2(INJECTIONS.map(([name, bytes]) => denied(name, bytes, 400))),
  ],
])('%s', (_, attacks) => {
  it.each(attacks.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const { answer, backend } = each;
    expect(await attack(each)).toEqual({ answer, backend: backend.map((text) => text.replaceAll(lab.apiId, API_ID)) });
  });
});

const namesOf = (headers: readonly string[]) => headers.filter((_, i) => i % 2 === 0);

it('security class: CR/LF and header injection: from HTTP/2, of a field that cannot be one nothing is told', async () => {
  lab.backend.requests.length = 0;
  await lab.askAsBystander();
  const expected = namesOf(lab.backend.requests[0]!.headers);
  for (const each of LEFT_OUT) {
    await attack(each);
    const { headers } = lab.backend.requests.find(({ target }) => target === '/open')!;
    expect([each.name, namesOf(headers)]).toEqual([each.name, expected]);
  }
});

describe('security class: spoofed trusted headers: over HTTP/2 the backend is not told', () => {
  const rows = SPOOFED.flatMap(({ name, bytes, told }) => {
    const list = asHttp2(bytes);
    // It may be in no request; its aliases may.
    return list === null || list.some(([each]) => each === 'http2-settings') ? [] : [{ name, list, told }];
  });
  const own: Readonly<Record<string, () => string>> = {
    [PORT]: () => String(tlsPort),
    [API_ID]: () => lab.apiId,
    http: () => 'https',
  };

  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_, { name, list, told }) => {
    expect(await attack({ name, fields: list, answer: 200, backend: [] })).toMatchObject({ answer: 200 });
    const { headers } = lab.backend.requests.find(({ target }) => target === '/open')!;
    expect(toldUnder(headers, Object.keys(told))).toEqual(
      Object.fromEntries(Object.entries(told).map(([key, values]) => [key, values.map((value) => own[value]?.() ?? value)])),
    );
  });
});

describe('security class: resource exhaustion: oversize: over HTTP/2 the client gets', () => {
  afterAll(() => void (lab.backend.answer = echo));

  it.each(ANSWER_SIZES.map((row) => [row.name, row] as const))('%s', async (_, { bytes, client: expected }) => {
    lab.backend.answer = (asked, connection) =>
      asked.target === '/open' ? void connection.socket.write(bytes, 'latin1') : echo(asked, connection);
    const client = await FrameClient.greeting(tlsPort);
    client.request(1, block(get('/dev/open')));
    await client.settled(1);
    const body = client.bodyOf(1).toString();
    expect(client.hasEnded(1) ? `${client.statusOf(1)} ${body}` : 'reset').toBe(expected);
    await goesOn(client);
    client.close();
    await lab.askAsBystander();
  });
});
