/** A resource of the control plane that can be tagged, as its ARN names it. */
export interface ApiGatewayArn {
  partition: string;
  region: string;
  /** Segments of the resource's path, e.g. `['restapis', 'a1b2c3d4e5', 'stages', 'prod']`. */
  path: string[];
}

/**
 * Parses `arn:{partition}:apigateway:{region}::/{path}`; the account is empty in ARNs of API Gateway's control plane.
 * Undefined when the text is no such ARN. Source: Amazon API Gateway developer guide, resource ARNs.
 */
export function parseApiGatewayArn(text: string): ApiGatewayArn | undefined {
  const parts = /^arn:([a-z0-9-]+):apigateway:([a-z0-9-]+)::\/([^\0]+)$/.exec(text);
  if (!parts) return undefined;
  const [, partition, region, path] = parts as unknown as [string, string, string, string];
  return { partition, region, path: path.split('/') };
}

/** The ARN of an imported certificate, as AWS Certificate Manager writes it; `certificateArn` of domain names takes it. */
export function certificateArn(owner: { accountId: string; region: string }, certificateId: string): string {
  return `arn:aws:acm:${owner.region}:${owner.accountId}:certificate/${certificateId}`;
}
