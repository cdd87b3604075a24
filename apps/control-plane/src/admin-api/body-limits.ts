import { OPERATIONS, type OperationDescription } from '@gatehouse/admin-contract';
import { AwsError } from '@gatehouse/aws-wire';
import { SYNCHRONOUS_PAYLOAD_BYTES } from '@gatehouse/lambda-contract';

/** Bytes of a request body. AWS takes 6 MB for an import, the largest body that the API of API Gateway has. */
export const BODY_LIMIT = 6 * 1024 * 1024;
/** An archive of 50 MB in base64 and what stands around it. Source: AWS Lambda's own refusal. */
const CODE_LIMIT = 70_167_211;

interface BodyLimit {
  bytes: number;
  refusal: AwsError;
}

const OTHERS: BodyLimit = {
  bytes: BODY_LIMIT,
  refusal: new AwsError('RequestTooLargeException', 'The request body is larger than 6 MB'),
};

const { CreateFunction, Invoke, InvokeWithResponseStream, UpdateFunctionCode } = OPERATIONS.lambda;
const LIMITS = new Map([
  limit(CreateFunction, CODE_LIMIT, 'RequestEntityTooLargeException'),
  limit(UpdateFunctionCode, CODE_LIMIT, 'RequestEntityTooLargeException'),
  limit(Invoke, SYNCHRONOUS_PAYLOAD_BYTES, 'RequestTooLargeException', 'InvokeFunction'),
  limit(InvokeWithResponseStream, SYNCHRONOUS_PAYLOAD_BYTES, 'RequestTooLargeException'),
]);

function limit(
  { method, path, name }: OperationDescription,
  bytes: number,
  type: 'RequestEntityTooLargeException' | 'RequestTooLargeException',
  called = name,
): [string, BodyLimit] {
  const refusal = new AwsError(type, `Request must be smaller than ${bytes} bytes for the ${called} operation`);
  return [`${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`, { bytes, refusal }];
}

/** The most bytes of a body that a route takes, and what is answered to more. `url` is the route's, with `:name` for its parameters. */
export const bodyLimitOf = (method: string, url: string | undefined): BodyLimit =>
  LIMITS.get(`${method} ${url?.replace(/(?<=.)\/$/, '')}`) ?? OTHERS;
