import { badRequest } from '@gatehouse/aws-wire';
import type { AdminTransaction } from '../../database/unit-of-work.js';

/** How many references an error names. */
const NAMED = 10;

/**
 * Methods that stages serve through a link, found by the deployments that name it: of ten stages, so that no more models are read. Of which
 * deployments that is not known yet (`noteVpcLinks`), all models that a stage serves are read.
 */
export const SERVED = `
  WITH served AS (
    SELECT s.account_id, s.region, s.api_id, s.stage_name, d.deployment_id
      FROM deployments d
      JOIN stages s ON s.account_id = d.account_id AND s.region = d.region AND s.api_id = d.api_id
       AND d.deployment_id IN (s.deployment_id, s.canary_settings->>'deploymentId')
     WHERE d.account_id = $1 AND d.region = $2 AND (d.vpc_link_ids <> '{}' AND d.vpc_link_ids @> ARRAY[$3]
       OR d.vpc_link_ids IS NULL AND jsonb_path_exists(
         d.model, '$.resources[*].methods[*].methodIntegration ? (@.connectionId == $id)', jsonb_build_object('id', $3::text)))
     ORDER BY s.api_id, s.stage_name LIMIT $4)
  SELECT DISTINCT concat_ws(':', api_id, method->>'httpMethod', resource->>'id', stage_name) AS reference
    FROM served
    JOIN deployments USING (account_id, region, api_id, deployment_id)
   CROSS JOIN jsonb_array_elements(model->'resources') AS resource
   CROSS JOIN jsonb_array_elements(resource->'methods') AS method
   WHERE method->'methodIntegration'->>'connectionId' = $3
   ORDER BY 1 LIMIT $4`;

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
  // After the methods: what was deployed with a method that named the link, before an edit took it away, is seen here.
  const served = await manager.query<{ reference: string }[]>(SERVED, parameters);
  if (served.length > 0) throw referenced(vpcLinkId, served, 'RESTApiId:Method:Resource:Stage');
  if (methods.length > 0) throw referenced(vpcLinkId, methods, 'RESTApiId:Method:Resource');
}

function referenced(vpcLinkId: string, by: { reference: string }[], format: string) {
  const references = by.map(({ reference }) => reference).join(', ');
  return badRequest(
    `Cannot delete vpc link. Vpc link '${vpcLinkId}', is referenced in [${references}] in format of [${format}].`,
  );
}
