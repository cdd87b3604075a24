import { badRequest } from '@gatehouse/aws-wire';

const LONGEST_NAME = 1024;
/** Service, region and account, then what the service says. */
const ARN = /^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[\x21-\x7e]{1,1024}$/;

/** The name, given back. Throws `BadRequestException` for an empty one. */
export function checkName(name: string | undefined): string {
  if (!name?.trim()) throw badRequest('Name cannot be empty');
  if (name.length > LONGEST_NAME) throw badRequest(`Invalid Vpc Link name, can be at most ${LONGEST_NAME} characters.`);
  return name;
}

/** The one target of a link (a network load balancer's ARN), in its list. Throws `BadRequestException` for none, several, and what is no ARN. */
export function checkTargetArns(targetArns: readonly string[]): string[] {
  const [arn, ...more] = targetArns;
  if (arn === undefined) throw badRequest('Target arns cannot be empty');
  if (more.length > 0) throw badRequest('More than one target arn specified for vpc link.');
  if (!ARN.test(arn)) throw badRequest(`Invalid ARN. ARN is not well formed ${arn}`);
  return [arn];
}
