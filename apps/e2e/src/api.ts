import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type APIGatewayClient,
  type PutIntegrationCommandInput,
} from '@aws-sdk/client-api-gateway';

export interface Pets {
  apiId: string;
  rootId: string;
  resourceId: string;
}

/** Makes an API with `GET /pets` in front of `uri`, not yet deployed. */
export async function createPets(
  client: APIGatewayClient,
  uri: string,
  { apiKeyRequired = false, integration = {} as Partial<PutIntegrationCommandInput> } = {},
): Promise<Pets> {
  const api = await client.send(new CreateRestApiCommand({ name: 'pets', endpointConfiguration: { types: ['REGIONAL'] } }));
  const apiId = api.id!;
  const rootId = api.rootResourceId!;
  const resource = await client.send(new CreateResourceCommand({ restApiId: apiId, parentId: rootId, pathPart: 'pets' }));
  const method = { restApiId: apiId, resourceId: resource.id!, httpMethod: 'GET' };
  await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE', apiKeyRequired }));
  await client.send(
    new PutIntegrationCommand({ ...method, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri, ...integration }),
  );
  return { apiId, rootId, resourceId: resource.id! };
}

/** Points `GET /pets` at another backend address and deploys to `stageName`. */
export async function redeploy(client: APIGatewayClient, pets: Pets, uri: string, stageName: string): Promise<string> {
  await client.send(
    new PutIntegrationCommand({
      restApiId: pets.apiId,
      resourceId: pets.resourceId,
      httpMethod: 'GET',
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri,
    }),
  );
  const deployment = await client.send(new CreateDeploymentCommand({ restApiId: pets.apiId, stageName }));
  return deployment.id!;
}
