/** Bytes of all files of an archive together. Source: AWS Lambda quotas, deployment package unzipped. */
export const UNZIPPED_BYTES = 262_144_000;
/** Files, links and folders, also those that only paths name. AWS documents no limit; this is what a zip archive can list without extensions. */
export const MOST_ENTRIES = 65_535;
/** Bytes of a path within the archive; leaves room for the folder that it is unpacked into (Linux takes 4,096). */
export const PATH_BYTES = 2_048;
/** Bytes of one segment of a path: what file systems of Linux take. */
export const SEGMENT_BYTES = 255;
