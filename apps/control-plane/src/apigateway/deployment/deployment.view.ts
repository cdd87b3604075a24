import type { Deployment } from '@gatehouse/admin-contract/apigateway';
import type { RestApiModel } from '@gatehouse/api-model';
import type { DeploymentHead } from './find-deployment.js';

/** A deployment as it goes over the wire; `model` is given where the caller asked for the summary of the API. */
export function deploymentView(deployment: DeploymentHead, model?: RestApiModel): Deployment {
  return {
    id: deployment.deploymentId,
    description: deployment.description ?? undefined,
    createdDate: deployment.createdDate,
    apiSummary: model && apiSummary(model),
  };
}

/** Path -> verb -> who may call it; resources without methods are left out. */
function apiSummary(model: RestApiModel): Deployment['apiSummary'] {
  return Object.fromEntries(
    model.resources
      .filter(({ methods }) => methods.length > 0)
      .map(({ path, methods }) => [
        path,
        Object.fromEntries(
          methods.map(({ httpMethod, authorizationType, apiKeyRequired }) => [httpMethod, { authorizationType, apiKeyRequired }]),
        ),
      ]),
  );
}
