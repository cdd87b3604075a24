import { badRequest, type AwsError } from '@gatehouse/aws-wire';

const NAME = '[a-zA-Z0-9._$-]+';
/** A static value is quoted; control characters have no place in a header, path or query string. */
const STATIC = "'[^\\x00-\\x08\\x0a-\\x1f\\x7f]*'";
const SOURCE_OF_BOTH = `context\\.${NAME}|stageVariables\\.${NAME}|${STATIC}`;

const REQUEST_KEY = new RegExp(`^integration\\.request\\.(?:header|querystring|path)\\.${NAME}$`);
const REQUEST_SOURCE = new RegExp(`^(?:method\\.request\\.body(?:\\..+)?|${SOURCE_OF_BOTH})$`);
const REQUEST_PARAMETER = new RegExp(
  `^method\\.request\\.(?:(header|querystring|path)|multivalue(header|querystring))\\.(${NAME})$`,
);
const RESPONSE_KEY = new RegExp(`^method\\.response\\.header\\.${NAME}$`);
const RESPONSE_SOURCE = new RegExp(
  `^(?:integration\\.response\\.(?:(?:multivalue)?header\\.${NAME}|body(?:\\..+)?)|${SOURCE_OF_BOTH})$`,
);

/**
 * AWS's findings about the parameter mapping of an integration request: keys and sources must be well formed, and a parameter of the
 * method request must be declared there (`declared` are the keys of the method's `requestParameters`).
 */
export function requestMappingErrors(mapping: Record<string, string>, declared: readonly string[]): string[] {
  const names = new Set(declared);
  return Object.entries(mapping).flatMap(([key, source]) => {
    if (!REQUEST_KEY.test(key)) return [unknownParameter(key)];
    const parameter = REQUEST_PARAMETER.exec(source);
    if (parameter) {
      const [, single, multiple, name] = parameter;
      const known = names.has(source) || names.has(`method.request.${single ?? multiple}.${name}`);
      return known ? [] : [unknownParameter(source)];
    }
    return REQUEST_SOURCE.test(source) ? [] : [malformed(source)];
  });
}

/**
 * AWS's findings about the parameter mapping of an integration response: a header must be declared in the method response of the same
 * status code (`declared` are the keys of its `responseParameters`; undefined when there is no such method response).
 */
export function responseMappingErrors(mapping: Record<string, string>, declared: readonly string[] | undefined): string[] {
  const entries = Object.entries(mapping);
  if (entries.length > 0 && !declared) return ['No method response exists for method.'];
  const names = new Set(declared);
  return entries.flatMap(([key, source]) => {
    if (!RESPONSE_KEY.test(key) || !names.has(key)) return [unknownParameter(key)];
    return RESPONSE_SOURCE.test(source) ? [] : [malformed(source)];
  });
}

/** The error in which AWS puts its findings about mappings. */
export function mappingRefusal(errors: readonly string[]): AwsError {
  return badRequest(`Invalid mapping expression specified: ${validationResult(errors)}`);
}

/** The error in which AWS puts its findings about templates. */
export function templateRefusal(errors: readonly string[]): AwsError {
  return badRequest(validationResult(errors));
}

const validationResult = (errors: readonly string[]) => `Validation Result: warnings : [], errors : [${errors.join(', ')}]`;
const unknownParameter = (text: string) => `Invalid mapping expression parameter specified: ${text}`;
const malformed = (text: string) => `Invalid mapping expression specified: ${text}`;
