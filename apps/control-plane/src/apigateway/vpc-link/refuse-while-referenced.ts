import { badRequest } from '@gatehouse/aws-wire';
import type { AdminTransaction } from '../../database/unit-of-work.js';

/** How many references an error names. */
const NAMED = 10;

/**
 * Throws `BadRequestException` in AWS's words when the integration of a method, as it is or as a stage serves it, uses the link.
 * Source of the words: what Terraform's users were answered.
 */
export async function refuseWhileReferenced({ manager, scope }: AdminTransaction, vpcLinkId: string): Promise<void> {
  const parameters = [scope.accountId, scope.region, vpcLinkId, NAMED];
  const methods = await manager.query<{ reference: string }[]>(
    `SELECT concat_ws(':', api_id, http_method, resource_id) AS reference FROM methods
      WHERE account_id = $1 AND region = $2
        AND md5(method_integration->>'connectionId') = md5($3) AND method_integration->>'connectionId' = $3
      ORDER BY 1 LIMIT $4`,
    parameters,
  );
  const served = await manager.query<{ reference: string }[]>(
    `SELECT DISTINCT concat_ws(':', s.api_id, method->>'httpMethod', resource->>'id', s.stage_name) AS reference
       FROM stages s
       JOIN deployments d ON d.account_id = s.account_id AND d.region = s.region AND d.api_id = s.api_id
        AND d.deployment_id IN (s.deployment_id, s.canary_settings->>'deploymentId')
      CROSS JOIN jsonb_array_elements(d.model->'resources') AS resource
      CROSS JOIN jsonb_array_elements(resource->'methods') AS method
      WHERE s.account_id = $1 AND s.region = $2 AND method->'methodIntegration'->>'connectionId' = $3
      ORDER BY 1 LIMIT $4`,
    parameters,
  );
  if (served.length > 0) throw referenced(vpcLinkId, served, 'RESTApiId:Method:Resource:Stage');
  if (methods.length > 0) throw referenced(vpcLinkId, methods, 'RESTApiId:Method:Resource');
}

function referenced(vpcLinkId: string, by: { reference: string }[], format: string) {
  const references = by.map(({ reference }) => reference).join(', ');
  return badRequest(
    `Cannot delete vpc link. Vpc link '${vpcLinkId}', is referenced in [${references}] in format of [${format}].`,
  );
}
