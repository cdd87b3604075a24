/** What is wrong with an archive. */
export type ArchiveFault =
  /** Not a zip archive, or cut off. */
  | 'not-a-zip'
  /** Holds nothing. */
  | 'empty'
  /** Damaged: the content is not what the archive says of it. */
  | 'damaged'
  /** A path that leads out of the archive or that no file system takes. */
  | 'path'
  /** A symbolic link that leads out of the archive, in a circle or nowhere. */
  | 'link'
  /** Neither a file, nor a folder, nor a symbolic link. */
  | 'kind'
  /** Two entries of one path, or a file where others have a folder. */
  | 'clash'
  | 'encrypted'
  | 'compression'
  | 'too-many-entries'
  | 'too-large';

/** Why an archive is refused; the message names the entry and is meant for whoever uploaded it. */
export class ArchiveError extends Error {
  override name = 'ArchiveError';

  constructor(
    readonly fault: ArchiveFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
