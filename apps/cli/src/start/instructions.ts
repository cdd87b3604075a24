import path from 'node:path';
import { credentialsFile } from '../credentials.js';
import type { Endpoints } from '../endpoints.js';
import type { ExampleApi } from './example-api.js';

const CALLS_OVER_THE_LIMIT = 20;

/** Where a gateway serves a path of the example API, in the form that needs no name resolution. */
export function exampleUrl(gateway: string, api: ExampleApi, path = api.path): string {
  return `${gateway}/_aws/execute-api/${api.restApiId}/${api.stageName}/${path}`;
}

/** What `gatehouse start` prints when everything runs. The curl lines can be pasted. */
export function instructions(endpoints: Endpoints, dataDir: string, rootKeyFromEnvironment: boolean, api: ExampleApi): string {
  const url = exampleUrl(endpoints.gateways[0]!, api);
  const key = rootKeyFromEnvironment
    ? 'GATEHOUSE_ROOT_ACCESS_KEY_ID and GATEHOUSE_ROOT_SECRET_ACCESS_KEY'
    : shortest(credentialsFile(dataDir));
  return `
Gatehouse runs. Ctrl-C stops it; what it keeps is in ${shortest(dataDir)}.

  Admin API    ${endpoints.admin}   (documentation at ${endpoints.admin}/docs)
  Credentials  ${key}
  Gateways     ${endpoints.gateways.join(', ')}

Call the example API with its key (200), without (403), and over its limit (429):

  curl -i -H 'x-api-key: ${api.apiKey}' ${url}
  curl -i ${url}
  curl -s -o /dev/null -w '%{http_code}\\n' -H 'x-api-key: ${api.apiKey}' '${url}?n=[1-${CALLS_OVER_THE_LIMIT}]'

Call the example function (Hello from Lambda!), or open its address in a browser:

  curl -i ${exampleUrl(endpoints.gateways[0]!, api, api.functionPath)}
`;
}

/** A path below the working directory without the latter. */
function shortest(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative && !relative.startsWith('..') ? relative : file;
}
