/** Region and pool go into an address at AWS. */
const POOL_ARN = /^arn:aws:cognito-idp:([a-z]{2}(?:-[a-z]+)+-\d):\d{12}:userpool\/([\w-]+_[0-9A-Za-z]+)$/;

/** Whether it is `arn:aws:cognito-idp:{region}:{account}:userpool/{poolId}`. */
export function isPoolArn(arn: string): boolean {
  return POOL_ARN.test(arn);
}

/** Who issues the tokens of a pool at AWS. Throws `TypeError` for an ARN of anything else. */
export function awsIssuer(poolArn: string): string {
  const [, region, poolId] = POOL_ARN.exec(poolArn) ?? [];
  if (region === undefined || poolId === undefined) throw new TypeError(`${poolArn} is no user pool`);
  return `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
}
