import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { parseTargetRule, TargetGuard } from './target-guard.js';

const rules = (...texts: string[]) => texts.map(parseTargetRule);
const permits = (guard: TargetGuard, address: string, port = 80, host = address) => guard.permits(host, address, port);

describe('security class: SSRF by integrations', () => {
  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    'fe80::1',
    'fd00:ec2::254',
    'fd20:ce::254',
    '0.0.0.0',
    '0.1.2.3',
    '::',
    '::ffff:0.0.0.0',
    '224.0.0.1',
    'ff02::1',
    '255.255.255.255',
    '100.100.100.200',
    '168.63.129.16',
  ])('%s is refused by default', (address) => expect(permits(new TargetGuard(), address)).toBe(false));

  it.each(['127.0.0.1', '::1', '10.0.0.1', '192.168.1.1', '93.184.216.34', '2606:2800::1', 'fd00::1', '169.253.255.255'])(
    '%s is allowed by default',
    (address) => expect(permits(new TargetGuard(), address)).toBe(true),
  );

  it('blocks what is configured, by address, range, port and name', async () => {
    const guard = new TargetGuard(
      rules('10.0.0.0/8', '192.168.1.5:6379', 'db.internal:5432', '[fd00::]/16', 'vault'),
      [],
      async (name) => (name === 'db.internal' ? ['172.16.0.9'] : []),
    );
    await guard.prepare();
    expect(permits(guard, '10.1.2.3')).toBe(false);
    expect(permits(guard, '::ffff:10.1.2.3')).toBe(false);
    expect(permits(guard, '192.168.1.5', 6379)).toBe(false);
    expect(permits(guard, '192.168.1.5', 6380)).toBe(true);
    expect(permits(guard, 'fd00::77')).toBe(false);
    expect(permits(guard, '172.16.0.9', 5432)).toBe(false);
    expect(permits(guard, '172.16.0.9', 5432, 'other.name')).toBe(false);
    expect(permits(guard, '::ffff:172.16.0.9', 5432)).toBe(false);
    expect(permits(guard, '172.16.0.9', 80)).toBe(true);
    expect(permits(guard, '203.0.113.1', 80, 'VAULT')).toBe(false);
  });

  it.each(['127.0.0.1:9090', 'localhost:9090', '0.0.0.0:9090', '[::1]:9090', '[::]:9090'])(
    'own port %s is blocked on every address of this machine',
    (rule) => {
      const guard = new TargetGuard(rules(rule));
      const own = Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? []);
      for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', ...own]) {
        expect(permits(guard, address, 9090), address).toBe(false);
      }
      expect(permits(guard, '127.0.0.1', 9091)).toBe(true);
      expect(permits(guard, '203.0.113.1', 9090)).toBe(true);
    },
  );

  it('lets an allowed target win', () => {
    const guard = new TargetGuard(rules('127.0.0.1:9090'), rules('169.254.169.254:80', '127.0.0.1:9090'));
    expect(permits(guard, '169.254.169.254', 80)).toBe(true);
    expect(permits(guard, '169.254.169.254', 81)).toBe(false);
    expect(permits(guard, '127.0.0.1', 9090)).toBe(true);
  });

  it('holds back everyone who asks while names are looked up', async () => {
    let found: (addresses: string[]) => void = () => {};
    const guard = new TargetGuard(rules('db:5432'), [], () => new Promise((resolve) => (found = resolve)));
    let second = false;
    const first = guard.prepare();
    const other = guard.prepare().then(() => (second = true));
    await Promise.resolve();
    expect(second).toBe(false);
    found(['10.0.0.1']);
    await Promise.all([first, other]);
    expect([permits(guard, '10.0.0.1', 5432), permits(guard, '10.0.0.2', 5432)]).toEqual([false, true]);
  });

  it('blocks the port of a name that was never resolved, but for what is allowed, and looks it up again', async () => {
    let fails = true;
    const guard = new TargetGuard(rules('db:5432'), rules('10.0.0.3'), async () => {
      if (fails) throw new Error('EAI_AGAIN');
      return ['10.0.0.1'];
    });
    await guard.prepare();
    expect([permits(guard, '10.0.0.1', 5432), permits(guard, '10.0.0.2', 5432)]).toEqual([false, false]);
    expect([permits(guard, '10.0.0.2', 80), permits(guard, '10.0.0.3', 5432)]).toEqual([true, true]);
    fails = false;
    await guard.prepare();
    expect([permits(guard, '10.0.0.1', 5432), permits(guard, '10.0.0.2', 5432)]).toEqual([false, true]);
  });

  it('keeps the addresses of a name that does not resolve any more', async () => {
    let fails = false;
    const resolve = async () => {
      if (fails) throw new Error('ENOTFOUND');
      return ['10.0.0.1'];
    };
    const guard = new TargetGuard(rules('db:5432'), [], resolve);
    await guard.prepare();
    fails = true;
    await guard.prepare();
    expect(permits(guard, '10.0.0.1', 5432)).toBe(false);
  });

  it.each(['', 'a b', 'host:0', 'host:65536', 'host:x', '10.0.0.0/33', 'host/8', '[10.0.0.1]', '[::1', 'http://host'])(
    'refuses the rule %j',
    (text) => expect(() => parseTargetRule(text)).toThrow(TypeError),
  );
});
