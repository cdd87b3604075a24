import { ArchiveError } from './archive-error.js';
import { MOST_ENTRIES } from './archive-limits.js';

/** Which paths of an archive are what: finds two entries of one path, files where others have a folder, and too many of them. */
export class ArchiveTree {
  private readonly leaves = new Set<string>();
  private readonly folders = new Set<string>();

  /** Adds a file or link. Throws `ArchiveError`. */
  addLeaf(path: string): void {
    if (path === '') throw new ArchiveError('path', 'a file has no name');
    if (this.leaves.has(path)) throw new ArchiveError('clash', `${JSON.stringify(path)} is there twice`);
    if (this.folders.has(path)) throw clash(path);
    this.leaves.add(path);
    this.addFolder(folderOf(path));
  }

  /** Adds a folder and those that it lies in; they may be there already, and the root is. Throws `ArchiveError`. */
  addFolder(path: string): void {
    // From the innermost outwards: where one is known, all around it are.
    for (let folder = path; folder !== '' && !this.folders.has(folder); folder = folderOf(folder)) {
      if (this.leaves.has(folder)) throw clash(folder);
      this.folders.add(folder);
      this.checkCount();
    }
    this.checkCount();
  }

  /** All folders, outer ones first. */
  foldersInOrder(): string[] {
    return [...this.folders].sort((a, b) => a.length - b.length);
  }

  private checkCount(): void {
    if (this.leaves.size + this.folders.size > MOST_ENTRIES) {
      throw new ArchiveError('too-many-entries', `there are more than ${MOST_ENTRIES} files and folders`);
    }
  }
}

const folderOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
const clash = (path: string) => new ArchiveError('clash', `${JSON.stringify(path)} is a file and a folder`);
