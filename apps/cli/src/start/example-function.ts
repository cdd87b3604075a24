import { createArchive } from '@gatehouse/function-archive';
import type { AdminClient } from '../admin-client.js';

const NAME = 'example';
const FUNCTIONS = '/2015-03-31/functions';
/** Has to be there; nothing is done in its name here. */
const ROLE = 'arn:aws:iam::000000000000:role/example';

const HANDLER = `// The example function of Gatehouse. Its event is described in AWS's "Set up Lambda proxy integrations in API Gateway".
export const handler = async (event) => {
  const name = event.queryStringParameters?.name ?? 'Lambda';
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: \`Hello from \${name}!\` }) + '\\n',
  };
};
`;

interface FunctionConfiguration {
  FunctionArn: string;
}

/** Makes sure that the example function is there, and answers its ARN. One that was changed by hand is left as it is. */
export async function ensureExampleFunction(admin: AdminClient): Promise<string> {
  const present = await admin.find<{ Configuration: FunctionConfiguration }>(`${FUNCTIONS}/${NAME}`);
  if (present) return present.Configuration.FunctionArn;
  const archive = await createArchive([{ path: 'index.mjs', content: HANDLER }]);
  const created = await admin.send<FunctionConfiguration>('POST', FUNCTIONS, {
    FunctionName: NAME,
    Description: 'Made by "gatehouse start" to try things on.',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: ROLE,
    Code: { ZipFile: archive.toString('base64') },
  });
  return created.FunctionArn;
}

/** Lets stages of an API call the example function; what allows it already stays. */
export async function allowExampleFunction(admin: AdminClient, functionArn: string, restApiId: string): Promise<void> {
  const [, , , region, accountId] = functionArn.split(':');
  const statementId = `api-${restApiId}`;
  const policy = await admin.find<{ Policy: string }>(`${FUNCTIONS}/${NAME}/policy`);
  if (policy?.Policy.includes(`"${statementId}"`)) return;
  await admin.send('POST', `${FUNCTIONS}/${NAME}/policy`, {
    StatementId: statementId,
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:aws:execute-api:${region}:${accountId}:${restApiId}/*/*/*`,
  });
}
