import { buffer } from 'node:stream/consumers';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { fromBufferPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl';
import { ArchiveError } from './archive-error.js';
import { MOST_ENTRIES, PATH_BYTES, UNZIPPED_BYTES } from './archive-limits.js';
import { ArchiveTree } from './archive-tree.js';
import { checkLinks } from './check-links.js';
import { entryPath } from './entry-path.js';

/** A file of an archive. */
export interface FileEntry {
  /** Below the archive's root, with forward slashes. */
  path: string;
  executable: boolean;
  /** The content in parts, checked against what the archive says of it: throws `ArchiveError`, at the end at the latest. */
  content(): AsyncIterable<Buffer>;
}

/** An archive, every entry of which has been looked at. */
export interface OpenArchive {
  /** Outer ones first. */
  folders: string[];
  files: FileEntry[];
  /** Path -> what it points to, relative and within the archive. */
  links: Map<string, string>;
  /** Of all files together. */
  unzippedBytes: number;
}

/**
 * Looks at every entry of an archive: its name, kind and declared size. What that costs, and what reading all contents can cost afterwards, is bounded whatever the bytes say.
 * Throws `ArchiveError`.
 */
export async function readArchive(bytes: Buffer): Promise<OpenArchive> {
  const zip = await open(bytes);
  if (zip.entryCount === 0) throw new ArchiveError('empty', 'it is empty');
  if (zip.entryCount > MOST_ENTRIES) {
    throw new ArchiveError('too-many-entries', `there are more than ${MOST_ENTRIES} files and folders`);
  }
  const tree = new ArchiveTree();
  const files: FileEntry[] = [];
  const links = new Map<string, string>();
  let zippedBytes = 0;
  let unzippedBytes = 0;
  for await (const entry of entriesOf(zip)) {
    const name = nameOf(entry);
    const path = entryPath(name);
    const kind = kindOf(entry, name);
    if (kind === 'folder') {
      tree.addFolder(path);
      continue;
    }
    tree.addLeaf(path);
    zippedBytes += entry.compressedSize;
    unzippedBytes += entry.uncompressedSize;
    if (unzippedBytes > UNZIPPED_BYTES) throw new ArchiveError('too-large', `it unpacks to more than ${UNZIPPED_BYTES} bytes`);
    // Entries that share their bytes would cost more to read than the archive is long.
    if (zippedBytes > zip.fileSize) throw new ArchiveError('damaged', 'its entries overlap');
    checkReadable(entry, name);
    const content = () => readContent(zip, bytes, entry, name);
    if (kind === 'link') links.set(path, await linkTarget(content, entry, name));
    else files.push({ path, executable: kind === 'executable', content });
  }
  checkLinks(links);
  return { folders: tree.foldersInOrder(), files, links, unzippedBytes };
}

async function open(bytes: Buffer): Promise<ZipFile> {
  // Names are decoded here, where errors can be named; sizes are checked while contents are read.
  const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false };
  try {
    return await fromBufferPromise(bytes, options);
  } catch (error) {
    throw new ArchiveError('not-a-zip', 'it is not a zip archive', { cause: error });
  }
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    throw new ArchiveError('not-a-zip', 'its list of files cannot be read', { cause: error });
  }
}

/** What a zip archive made on Unix says of an entry's kind and mode; others know files and folders only. Source: APPNOTE.TXT, 4.4.2 and 4.4.15. */
function kindOf(entry: Entry, name: string): 'file' | 'executable' | 'folder' | 'link' {
  const UNIX = 3;
  const MACOS = 19;
  const madeOn = entry.versionMadeBy >>> 8;
  const mode = madeOn === UNIX || madeOn === MACOS ? entry.externalFileAttributes >>> 16 : 0;
  const type = mode & 0o170000;
  if (name.endsWith('/') || name.endsWith('\\') || type === 0o040000) return 'folder';
  if (type === 0o120000) return 'link';
  if (type !== 0 && type !== 0o100000) throw new ArchiveError('kind', `${JSON.stringify(name)} is not a file`);
  return (mode & 0o111) === 0 ? 'file' : 'executable';
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

function checkReadable(entry: Entry, name: string): void {
  if (entry.isEncrypted()) throw new ArchiveError('encrypted', `${JSON.stringify(name)} is encrypted`);
  if (!entry.canDecodeFileData()) {
    throw new ArchiveError('compression', `${JSON.stringify(name)} is compressed by another method than deflate`);
  }
}

async function linkTarget(content: () => AsyncIterable<Buffer>, entry: Entry, name: string): Promise<string> {
  if (entry.uncompressedSize > PATH_BYTES) throw new ArchiveError('link', `the link ${JSON.stringify(name)} leads nowhere`);
  return (await buffer(content())).toString();
}

/** Bytes up to which a file is unpacked in one go, which is much faster than a stream for each of many small ones. */
const SMALL_BYTES = 128 * 1024;

async function* readContent(zip: ZipFile, bytes: Buffer, entry: Entry, name: string): AsyncGenerator<Buffer> {
  const damaged = (cause?: unknown) => new ArchiveError('damaged', `${JSON.stringify(name)} is damaged`, { cause });
  let size = 0;
  let checksum = 0;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const data = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
    for await (const part of entry.isCompressed() ? inflated(data, entry.uncompressedSize) : [data]) {
      size += part.length;
      // Whoever lies about sizes gets no further than what was said.
      if (size > entry.uncompressedSize) throw damaged();
      checksum = crc32(part, checksum);
      yield part;
    }
  } catch (error) {
    throw error instanceof ArchiveError ? error : damaged(error);
  }
  if (size !== entry.uncompressedSize || checksum !== entry.crc32) throw damaged();
}

/** `size` is what the archive says of it; not much more than that is unpacked. */
function inflated(data: Buffer, size: number): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (Math.max(size, data.length) <= SMALL_BYTES) return [inflateRawSync(data, { maxOutputLength: size + 1 })];
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  inflate.end(data);
  return inflate;
}
