import { AwsError } from '@gatehouse/aws-wire';
import { ArchiveError, inspectArchive, UNZIPPED_BYTES } from '@gatehouse/function-archive';
import { createHash } from 'node:crypto';
import { invalidParameter, unsupported } from '../refusals.js';

/** Bytes of an archive, and of the request that holds it in base64. Source: AWS Lambda quotas. */
export const ZIPPED_BYTES = 50 * 1024 * 1024;
const REQUEST_BYTES = 69_905_067;

/** Where the members of a request say that the code is. */
interface CodeSource {
  ZipFile?: Buffer;
  S3Bucket?: string;
  S3Key?: string;
  S3ObjectVersion?: string;
  S3ObjectStorageMode?: string;
  ImageUri?: string;
  SourceKMSKeyArn?: string;
}

/** An archive that can be unpacked. */
export interface UploadedCode {
  archive: Buffer;
  /** Hexadecimal. */
  sha256: string;
}

const NOT_HERE = ['S3Bucket', 'S3Key', 'S3ObjectVersion', 'S3ObjectStorageMode', 'ImageUri', 'SourceKMSKeyArn'] as const;

/**
 * Reads the archive of a request to its end. Throws `InvalidParameterValueException` for code that is elsewhere and for what is no archive or a dangerous one,
 * `RequestEntityTooLargeException` for one that is too long.
 */
export async function readUploadedCode(source: CodeSource): Promise<UploadedCode> {
  const elsewhere = NOT_HERE.find((member) => source[member]);
  if (elsewhere !== undefined) throw unsupported(elsewhere, 'the code of a function comes as ZipFile');
  const archive = source.ZipFile;
  if (archive === undefined) throw invalidParameter('Please provide a source for function code.');
  if (archive.length > ZIPPED_BYTES) {
    throw new AwsError('RequestEntityTooLargeException', `Request must be smaller than ${REQUEST_BYTES} bytes`);
  }
  try {
    await inspectArchive(archive);
  } catch (error) {
    if (error instanceof ArchiveError) throw refusalOf(error);
    throw error;
  }
  return { archive, sha256: createHash('sha256').update(archive).digest('hex') };
}

function refusalOf({ fault, message }: ArchiveError): AwsError {
  if (fault === 'too-large') return invalidParameter(`Unzipped size must be smaller than ${UNZIPPED_BYTES} bytes`);
  if (fault === 'empty') return invalidParameter('Uploaded file must be a non-empty zip');
  return invalidParameter(`Could not unzip uploaded file. Please check your file, then try to upload again. (${message})`);
}
