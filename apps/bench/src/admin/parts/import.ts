import { atMost } from '../../proxy/bar.js';
import type { BenchPart } from '../bench-admin.js';
import { timed } from '../timed.js';

const RESOURCES = 300;
const VERBS = ['get', 'put', 'post', 'delete'];
const ROUNDS = 5;

/** An API of AWS's largest size is imported and deployed. The slowest of some rounds counts. */
export const benchImport: BenchPart = async ({ admin }, _options, print) => {
  const text = JSON.stringify(document());
  print(`a document of ${RESOURCES} resources x ${VERBS.length} methods, ${(text.length / 1024).toFixed(0)} KiB`);
  const imports: number[] = [];
  const deployments: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const imported = await timed(() => admin.call<{ id: string }>('POST', '/restapis?mode=import', text));
    const { id } = imported.result;
    const deployed = await timed(() => admin.call('POST', `/restapis/${id}/deployments`, { stageName: 'prod' }));
    print(`round ${round}: imported in ${imported.ms.toFixed(0)} ms, deployed in ${deployed.ms.toFixed(0)} ms`);
    imports.push(imported.ms);
    deployments.push(deployed.ms);
  }
  return [
    atMost(Math.max(...imports), { work: 'importing an API of 300 x 4 methods', bar: 3000, of: 'ms' }),
    atMost(Math.max(...deployments), { work: 'deploying it', bar: 1000, of: 'ms' }),
  ];
};

/** The root is a resource too. */
function document(): object {
  const paths: Record<string, object> = {};
  for (let n = 1; n < RESOURCES; n++) {
    const parameters = [{ name: 'verbose', in: 'query', schema: { type: 'string' } }];
    const operation = (verb: string) => ({
      operationId: `${verb}Thing${n}`,
      parameters,
      responses: {
        200: { description: 'ok', content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
      },
      'x-amazon-apigateway-integration': {
        type: 'http_proxy',
        httpMethod: verb.toUpperCase(),
        uri: `http://backend.example.com/things/${n}`,
        requestParameters: { 'integration.request.querystring.verbose': 'method.request.querystring.verbose' },
      },
    });
    paths[`/things-${n}`] = Object.fromEntries(VERBS.map((verb) => [verb, operation(verb)]));
  }
  return {
    openapi: '3.0.1',
    info: { title: 'large', version: '1.0' },
    paths,
    components: { schemas: { Thing: { type: 'object', properties: { id: { type: 'string' } } } } },
  };
}
