import { chmod, lstat, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { ArchiveError, createArchive, extractArchive, inspectArchive, UNZIPPED_BYTES } from './index.js';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'archive-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

const target = () => join(base, 'target');

/** An entry as it is written, whatever it says. */
interface RawEntry {
  name: string;
  content?: string | Buffer;
  mode?: number;
  /** Declared in place of what is true. */
  size?: number;
  crc?: number;
  flags?: number;
  method?: number;
  madeBy?: number;
  /** Offset of another entry's header, in place of one of its own. */
  offset?: number;
}

/** Zip archives that no writer of archives makes. */
function rawArchive(entries: readonly RawEntry[], declaredCount = entries.length): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 8;
    const data = method === 8 ? deflateRawSync(content) : content;
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (entry.flags ?? 0), 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.crc ?? crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(entry.size ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, data]);
    const head = Buffer.alloc(46);
    head.write('PK\x01\x02');
    head.writeUInt16LE(((entry.madeBy ?? 3) << 8) | 20, 4);
    common.copy(head, 6);
    head.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    head.writeUInt32LE(entry.offset ?? offset, 42);
    central.push(head, name);
    if (entry.offset !== undefined) continue;
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(declaredCount, 8);
  end.writeUInt16LE(declaredCount, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const link = (name: string, content: string): RawEntry => ({ name, content, mode: 0o120777 });

/** What both say of an archive, and what is left on disk. */
async function faultOf(archive: Buffer): Promise<string> {
  const said = async (work: Promise<unknown>) => {
    try {
      await work;
      return 'none';
    } catch (error) {
      if (error instanceof ArchiveError) return error.fault;
      throw error;
    }
  };
  const faults = [await said(inspectArchive(archive)), await said(extractArchive(archive, target()))];
  expect(faults[1]).toBe(faults[0]);
  expect(await readdir(base)).toEqual(faults[0] === 'none' ? ['target'] : []);
  return faults[0]!;
}

async function tree(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const mode = ((await lstat(path)).mode & 0o7777).toString(8);
    const content = entry.isSymbolicLink()
      ? `-> ${await readlink(path)}`
      : entry.isDirectory()
        ? `${mode} /`
        : `${mode} ${await readFile(path, 'utf8')}`;
    found[path.slice(folder.length + 1)] = content;
  }
  return found;
}

describe('an archive', () => {
  it('is unpacked with its folders, links and executables, whoever else writes nothing', async () => {
    const archive = rawArchive([
      { name: 'index.mjs', content: 'export {}', mode: 0o100600 },
      { name: './bin/bootstrap', content: '#!/bin/sh', mode: 0o106777 },
      { name: 'empty/', mode: 0o040700 },
      { name: 'empty/', mode: 0o040700 },
      { name: 'a\\b//c.txt', content: 'c', method: 0 },
      { name: 'dos.txt', content: 'd', madeBy: 0, mode: 0o120777 },
      link('node_modules/.bin/tool', '../tool/cli.js'),
      link('nowhere', 'not/there'),
    ]);
    expect(await inspectArchive(archive)).toEqual({ unzippedBytes: 9 + 9 + 1 + 1 + 14 + 9 });
    await extractArchive(archive, target());
    expect(await tree(target())).toEqual({
      'index.mjs': '644 export {}',
      bin: '755 /',
      'bin/bootstrap': '755 #!/bin/sh',
      empty: '755 /',
      a: '755 /',
      'a/b': '755 /',
      'a/b/c.txt': '644 c',
      'dos.txt': '644 d',
      node_modules: '755 /',
      'node_modules/.bin': '755 /',
      'node_modules/.bin/tool': '-> ../tool/cli.js',
      nowhere: '-> not/there',
    });
    expect((await stat(target())).mode & 0o7777).toBe(0o755);
  });

  it('is read from a file as well, and may be one that createArchive made', async () => {
    const archive = await createArchive([{ path: 'run/me', content: 'x', executable: true }]);
    await writeFile(join(base, 'archive.zip'), archive);
    expect(await extractArchive(join(base, 'archive.zip'), target())).toEqual({ unzippedBytes: 1 });
    expect(await tree(target())).toEqual({ run: '755 /', 'run/me': '755 x' });
    await expect(extractArchive(join(base, 'missing.zip'), join(base, 'other'))).rejects.toThrow('ENOENT');
  });

  it('is not unpacked over what is there', async () => {
    const archive = await createArchive([{ path: 'a', content: 'x' }]);
    await extractArchive(archive, target());
    await expect(extractArchive(archive, target())).rejects.toThrow('EEXIST');
    expect(await tree(target())).toEqual({ a: '644 x' });
  });

  it('may be written as a stream, with sizes behind the contents', async () => {
    const zip = new ZipFile();
    const { Readable } = await import('node:stream');
    zip.addReadStream(Readable.from(['abc']), 'streamed.txt');
    zip.addEmptyDirectory('dir');
    zip.end();
    expect(await faultOf(await buffer(zip.outputStream as NodeJS.ReadableStream))).toBe('none');
  });

  it('leaves nothing behind when the disk refuses', async () => {
    await chmod(base, 0o500);
    const archive = await createArchive([{ path: 'a', content: 'x' }]);
    if (process.getuid?.() !== 0) await expect(extractArchive(archive, target())).rejects.toThrow('EACCES');
    await expect(extractArchive(archive, join(base, 'no', 'such'))).rejects.toThrow('ENOENT');
  });
});

describe('a broken archive is refused, and nothing of it stays', () => {
  const file = { name: 'a', content: 'x' };
  it.each<[string, Buffer, string]>([
    ['no zip', Buffer.from('hello'), 'not-a-zip'],
    ['no bytes', Buffer.alloc(0), 'not-a-zip'],
    ['cut off', rawArchive([file]).subarray(0, 60), 'not-a-zip'],
    ['more entries declared than there are', rawArchive([file], 2), 'not-a-zip'],
    ['empty', rawArchive([]), 'empty'],
    ['a path that goes up', rawArchive([{ name: '../a' }]), 'path'],
    ['a path that goes up later', rawArchive([{ name: 'a/../../b' }]), 'path'],
    ['a path that goes up and stays within', rawArchive([{ name: 'a/../b' }]), 'path'],
    ['backslashes that go up', rawArchive([{ name: '..\\..\\a' }]), 'path'],
    ['an absolute path', rawArchive([{ name: '/etc/passwd' }]), 'path'],
    ['a path of Windows', rawArchive([{ name: 'C:\\a' }]), 'path'],
    ['a path with NUL', rawArchive([{ name: 'a\0b' }]), 'path'],
    ['a file without a name', rawArchive([{ name: '' }]), 'path'],
    ['a file named .', rawArchive([{ name: '.' }]), 'path'],
    ['a long name', rawArchive([{ name: 'x'.repeat(256) }]), 'path'],
    ['a long path', rawArchive([{ name: 'x/'.repeat(1_100) + 'y' }]), 'path'],
    ['a device', rawArchive([{ name: 'null', mode: 0o020666 }]), 'kind'],
    ['a pipe', rawArchive([{ name: 'pipe', mode: 0o010666 }]), 'kind'],
    ['a link upwards', rawArchive([link('a', '../b')]), 'link'],
    ['an absolute link', rawArchive([link('a', '/etc')]), 'link'],
    ['a link to nothing', rawArchive([link('a', '')]), 'link'],
    ['a link to itself', rawArchive([link('a', 'a')]), 'link'],
    ['links in a circle', rawArchive([link('a', 'b/c'), link('b', 'a')]), 'link'],
    ['links that lead out together', rawArchive([link('p/q/r/x', '../../..'), link('y', 'p/q/r/x/../secret')]), 'link'],
    ['a long link', rawArchive([link('a', 'b/'.repeat(1_100))]), 'link'],
    ['a file below a link', rawArchive([link('a', 'b'), { name: 'b/c' }, { name: 'a/c' }]), 'clash'],
    ['a file twice', rawArchive([file, file]), 'clash'],
    ['a file twice, spelled differently', rawArchive([file, { name: './a' }]), 'clash'],
    ['a file where a folder is', rawArchive([{ name: 'a/b' }, file]), 'clash'],
    ['a folder where a file is', rawArchive([file, { name: 'a/b' }]), 'clash'],
    ['an encrypted file', rawArchive([{ ...file, flags: 1 }]), 'encrypted'],
    ['another compression', rawArchive([{ ...file, method: 12 }]), 'compression'],
    ['a wrong checksum', rawArchive([{ ...file, crc: 1 }]), 'damaged'],
    ['less than it says', rawArchive([{ ...file, size: 2 }]), 'damaged'],
    ['more than it says', rawArchive([{ name: 'a', content: Buffer.alloc(1_000_000), size: 10 }]), 'damaged'],
    ['a stored file that is shorter than it says', rawArchive([{ ...file, method: 0, size: 2 }]), 'damaged'],
    [
      'a good file before a broken one',
      rawArchive([
        { name: 'ok', content: 'ok' },
        { ...file, crc: 1 },
      ]),
      'damaged',
    ],
    ['more than 250 MB declared', rawArchive([{ ...file, size: UNZIPPED_BYTES + 1 }]), 'too-large'],
    [
      'more than 250 MB declared by many',
      rawArchive([
        { name: 'a', size: UNZIPPED_BYTES },
        { name: 'b', size: 1 },
      ]),
      'too-large',
    ],
  ])('%s', async (_, archive, fault) => {
    expect(await faultOf(archive)).toBe(fault);
  });

  it('entries that share bytes: reading them all would cost more than the archive is long', async () => {
    const content = Buffer.alloc(10_000, 'abcdefghijklmnopqrstuvwxyz');
    const shared = Array.from({ length: 1_000 }, (_, index) => ({ name: `f${index}`, content, offset: 0 }));
    expect(
      await faultOf(rawArchive([{ name: 'f', content, method: 0 }, ...shared.map((each) => ({ ...each, method: 0 }))])),
    ).toBe('damaged');
  });

  it('more folders than there may be, though only their paths name them', async () => {
    const deep = Array.from({ length: 100 }, (_, index) => ({ name: `${index}/${'x/'.repeat(900)}f` }));
    expect(await faultOf(rawArchive(deep))).toBe('too-many-entries');
    expect(await faultOf(rawArchive([{ name: 'a' }], 0xffff))).toBe('not-a-zip');
  });

  it('links that would take for ever to follow', async () => {
    const chain = Array.from({ length: 3_000 }, (_, index) => link(`l${index}`, `${'a/../'.repeat(300)}b${index}`));
    const started = performance.now();
    expect(await faultOf(rawArchive(chain))).toBe('link');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('a bomb', () => {
  it('costs what it says at most', { timeout: 60_000 }, async () => {
    const zeros = Buffer.alloc(UNZIPPED_BYTES);
    const archive = rawArchive([{ name: 'zeros', content: zeros }]);
    expect(archive.length).toBeLessThan(300_000);
    expect(await inspectArchive(archive)).toEqual({ unzippedBytes: UNZIPPED_BYTES });
    const lies = rawArchive([{ name: 'zeros', content: zeros, size: 1_000 }]);
    const started = performance.now();
    expect(await faultOf(lies)).toBe('damaged');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('whatever the bytes', () => {
  /** Mulberry32: the same bytes on every run. */
  const random = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const sound = rawArchive([
    { name: 'index.js', content: 'exports.handler = async () => 1;\n'.repeat(20) },
    { name: 'lib/a.js', content: 'x', method: 0 },
    { name: 'lib/deep/b.js', content: 'yyyyyyyyyyyyyyyyyyyyyyy', mode: 0o100755 },
    link('lib/c.js', '../index.js'),
  ]);

  it('both agree on whether an archive is one, and nothing is written outside the target', { timeout: 60_000 }, async () => {
    for (let seed = 0; seed < 1_500; seed++) {
      const draw = random(seed);
      const at = (length: number) => Math.floor(draw() * length);
      let bytes = Buffer.from(sound);
      for (let change = 1 + at(4); change > 0; change--) {
        const place = at(bytes.length);
        const what = at(5);
        if (what === 0) bytes = bytes.subarray(0, place);
        else if (what === 1) bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(at(bytes.length))]);
        else if (what === 2) bytes.writeUInt8([0, 1, 0x2e, 0x2f, 0x5c, 0x7f, 0xff][at(7)]!, place % bytes.length);
        else if (place + 4 <= bytes.length) bytes.writeUInt32LE([0, 1, 0xffffffff, 0x7fffffff][at(4)]!, place);
        if (bytes.length === 0) break;
      }
      await faultOf(bytes);
      await rm(target(), { recursive: true, force: true });
    }
  });
});
