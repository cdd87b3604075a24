import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';

describe('readEnvironment', () => {
  it('has defaults for everything', () => {
    const environment = readEnvironment({});
    expect(environment).toMatchObject({ databaseUrl: undefined, redisUrl: undefined, dataDir: path.resolve('.gatehouse') });
    const { admin, gateway, internal, functions } = environment;
    const all = [admin, gateway, internal, functions];
    expect(all.map(({ port }) => port)).toEqual([4600, 8080, 9090, 9100]);
    expect(all.map(({ host }) => host)).toEqual(all.map(() => '127.0.0.1'));
  });

  it.each(['0', '65536', '80x', '-1', '1e3', ' 80'])('refuses the port %j and names the variable', (text) => {
    expect(() => readEnvironment({ GATEHOUSE_GATEWAY_PORT: text })).toThrow('GATEHOUSE_GATEWAY_PORT is not a port (1 to 65535)');
  });

  it('security class: secrets in errors: a refused URL is not repeated', () => {
    const refused = () => readEnvironment({ DATABASE_URL: 'mysql://gatehouse:hidden@db/x' });
    expect(refused).toThrow(/^DATABASE_URL is not a URL that begins with postgres:\/\/ or postgresql:\/\/$/);
  });
});
