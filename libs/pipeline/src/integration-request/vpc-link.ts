import { ERRORS, explained, type GatewayError } from '../gateway-response/gateway-error.js';
import type { ServedStage } from '../stage/served-stage.js';
import type { Via } from '../upstream/upstream.js';

const STAGE_VARIABLE = /\$\{stageVariables\.([^}]*)\}/g;

/**
 * Where a VPC link leads from one stage; undefined without one. It has to be a link of the stage's account, and whoever runs the gateway has to have said where it, or
 * its target, is.
 *
 * @param vpcLink its id, or what makes it of stage variables
 */
export function viaOnStage(
  vpcLink: string | undefined,
  { variables, vpcLinks, services, scope }: ServedStage,
): Via | GatewayError | undefined {
  if (vpcLink === undefined) return undefined;
  const id = vpcLink.replace(STAGE_VARIABLE, (_, name: string) => variables.get(name) ?? '');
  const target = vpcLinks.get(id);
  if (target === undefined) return explained(ERRORS.unknownVpcLink, id);
  // Anyone may make a link to anyone's target: what is said of a target holds for links of its own account.
  const isOwn = target.split(':')[4] === scope.accountId;
  const via = services.vpcLinks.get(id) ?? (isOwn ? services.vpcLinks.get(target) : undefined);
  return via ?? explained(ERRORS.unmappedVpcLink, `${id} (${target})`);
}
