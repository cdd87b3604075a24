import type { Scope } from '@gatehouse/snapshot';
import type { DataSource } from 'typeorm';

/** Each may have a model of thousands of methods; their rows are locked together. */
const DEPLOYMENTS_AT_ONCE = 10;

/** Nobody waits: what another transaction holds stays unknown. */
const NOTE_SOME = `
  WITH unknown AS (
    SELECT d.account_id, d.region, d.api_id, d.deployment_id FROM deployments d
     WHERE d.account_id = $1 AND d.region = $2 AND d.vpc_link_ids IS NULL AND EXISTS (
       SELECT 1 FROM stages s
        WHERE s.account_id = d.account_id AND s.region = d.region AND s.api_id = d.api_id
          AND d.deployment_id IN (s.deployment_id, s.canary_settings->>'deploymentId'))
     LIMIT $3 FOR NO KEY UPDATE OF d SKIP LOCKED)
  UPDATE deployments d SET vpc_link_ids = ARRAY(
    SELECT DISTINCT jsonb_array_elements_text(jsonb_path_query_array(
      d.model, '$.resources[*].methods[*].methodIntegration ? (@.connectionType == "VPC_LINK").connectionId')))
    FROM unknown
   WHERE (d.account_id, d.region, d.api_id, d.deployment_id)
       = (unknown.account_id, unknown.region, unknown.api_id, unknown.deployment_id)`;

/**
 * Notes which VPC links are named by deployments that a stage serves and of which that is not known, so that their models are read once and not at
 * each removal of a link. In transactions of its own: what was found stays found when the removal is refused.
 */
export async function noteVpcLinks(database: DataSource, { accountId, region }: Scope): Promise<void> {
  let noted: number;
  do [, noted] = await database.query<[unknown, number]>(NOTE_SOME, [accountId, region, DEPLOYMENTS_AT_ONCE]);
  while (noted === DEPLOYMENTS_AT_ONCE);
}
