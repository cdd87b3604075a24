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
  { variables, vpcLinks, services }: ServedStage,
): Via | GatewayError | undefined {
  if (vpcLink === undefined) return undefined;
  const id = vpcLink.replace(STAGE_VARIABLE, (_, name: string) => variables.get(name) ?? '');
  const target = vpcLinks.get(id);
  if (target === undefined) return explained(ERRORS.unknownVpcLink, id);
  return services.vpcLinks.get(id) ?? services.vpcLinks.get(target) ?? explained(ERRORS.unmappedVpcLink, `${id} (${target})`);
}
