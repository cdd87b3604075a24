import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';
import { StartupError } from './startup-error.js';

const KEY = Buffer.alloc(32, 1).toString('base64');
const env = {
  REDIS_URL: 'redis://:p4ss@cache.internal:6380/2',
  GATEHOUSE_DATA_PLANE_KEY: KEY,
  GATEHOUSE_CONTROL_PLANE_URL: 'http://127.0.0.1:4600',
};

describe('loadConfig', () => {
  it('needs Redis, the key and the control plane only', () => {
    expect(loadConfig({ ...env, GATEHOUSE_FUNCTIONS_PORT: '' })).toMatchObject({
      host: '127.0.0.1',
      port: 9100,
      uids: { first: 200_000, last: 265_535 },
      concurrency: 1_000,
      network: null,
      idle: 300,
      drain: 30,
      logFiles: 2,
    });
  });

  it('runs functions on the Node.js that it says for their runtime', () => {
    const { nodes } = loadConfig({ ...env, GATEHOUSE_NODEJS22: '/bin/sh' });
    expect(nodes.get('nodejs22.x')).toBe('/bin/sh');
    expect(nodes.get('nodejs24.x')).toBe(process.execPath);
  });

  it.each(['isolated', 'machine'])('takes the network that is named: %s', (network) => {
    expect(loadConfig({ ...env, GATEHOUSE_FUNCTION_NETWORK: network }).network).toBe(network);
  });

  it.each<[Record<string, string>, string]>([
    [{ REDIS_URL: '' }, 'REDIS_URL is not set; it has the form redis://:password@host:6379'],
    [{ REDIS_URL: 'http://:s3cret@x' }, 'REDIS_URL does not have the form redis://:password@host:6379'],
    [{ GATEHOUSE_DATA_PLANE_KEY: '' }, 'GATEHOUSE_DATA_PLANE_KEY is not set'],
    [{ GATEHOUSE_DATA_PLANE_KEY: `${KEY},s3cret` }, 'GATEHOUSE_DATA_PLANE_KEY: key 2 is not 32 bytes in base64'],
    [{ GATEHOUSE_CONTROL_PLANE_URL: '' }, 'GATEHOUSE_CONTROL_PLANE_URL is not set; it has the form http://host:4600'],
    [{ GATEHOUSE_CONTROL_PLANE_URL: 'ftp://x' }, 'GATEHOUSE_CONTROL_PLANE_URL does not have the form'],
    [{ GATEHOUSE_CONTROL_PLANE_URL: 'http://x/path' }, 'GATEHOUSE_CONTROL_PLANE_URL does not have the form'],
    [{ GATEHOUSE_FUNCTIONS_HOST: 'a b' }, 'GATEHOUSE_FUNCTIONS_HOST is "a b", which is not a host name or an IP address'],
    [{ GATEHOUSE_FUNCTIONS_PORT: '65536' }, 'GATEHOUSE_FUNCTIONS_PORT is 65536, which is more than 65535'],
    [
      { GATEHOUSE_FUNCTION_UIDS: '1000' },
      'GATEHOUSE_FUNCTION_UIDS is "1000", which is not a range of user ids such as 200000-265535',
    ],
    [{ GATEHOUSE_FUNCTION_UIDS: '0-10' }, 'GATEHOUSE_FUNCTION_UIDS is 0-10, which holds 0: functions never run as root'],
    [{ GATEHOUSE_FUNCTION_UIDS: '60000-70000' }, 'GATEHOUSE_FUNCTION_UIDS is 60000-70000, which holds 65534 (nobody)'],
    [{ GATEHOUSE_FUNCTION_UIDS: '9-8' }, 'GATEHOUSE_FUNCTION_UIDS is 9-8: the first number is above the last'],
    [
      { GATEHOUSE_FUNCTION_UIDS: '200000-4294967295' },
      'GATEHOUSE_FUNCTION_UIDS is 200000-4294967295, which goes beyond 4294967293',
    ],
    [{ GATEHOUSE_FUNCTION_NETWORK: 'none' }, 'GATEHOUSE_FUNCTION_NETWORK is "none", which is neither isolated nor machine'],
    [{ GATEHOUSE_FUNCTIONS_CONCURRENCY: '0' }, 'GATEHOUSE_FUNCTIONS_CONCURRENCY is 0, which is less than 1'],
    [{ GATEHOUSE_FUNCTIONS_IDLE_SECONDS: 'x' }, 'GATEHOUSE_FUNCTIONS_IDLE_SECONDS is "x", which is not a whole number'],
    [{ GATEHOUSE_NODEJS20: '/nowhere/node' }, 'GATEHOUSE_NODEJS20 is "/nowhere/node", which is no program that can be run'],
  ])('refuses %j by name', (change, message) => {
    const load = () => loadConfig({ ...env, ...change });
    expect(load).toThrow(StartupError);
    expect(load).toThrow(message);
    expect(message).not.toContain('s3cret');
  });
});
