/** A resource of the control plane that can be tagged, as its ARN names it. */
export interface ApiGatewayArn {
  region: string;
  /** Segments of the resource's path, e.g. `['restapis', 'a1b2c3d4e5', 'stages', 'prod']`. */
  path: string[];
}

/**
 * Parses `arn:aws:apigateway:{region}::/{path}`; the account is empty in ARNs of API Gateway's control plane.
 * Undefined when the text is no such ARN, or one of another partition: an installation is of `aws`, as are all the ARNs that it gives out. Source: Amazon API Gateway developer guide, resource ARNs.
 */
export function parseApiGatewayArn(text: string): ApiGatewayArn | undefined {
  const parts = /^arn:aws:apigateway:([a-z0-9-]+)::\/([^\0]+)$/.exec(text);
  if (!parts) return undefined;
  const [, region, path] = parts as unknown as [string, string, string];
  return { region, path: path.split('/') };
}

/** The ARN of an imported certificate, as AWS Certificate Manager writes it; `certificateArn` of domain names takes it. */
export function certificateArn(owner: { accountId: string; region: string }, certificateId: string): string {
  return `arn:aws:acm:${owner.region}:${owner.accountId}:certificate/${certificateId}`;
}

/** What `certificateArn` wrote. Undefined when the text is no such ARN. */
export function parseCertificateArn(text: string): { accountId: string; region: string; certificateId: string } | undefined {
  const parts = /^arn:aws:acm:([a-z0-9-]+):(\d{12}):certificate\/([A-Za-z0-9-]{1,128})$/.exec(text);
  if (!parts) return undefined;
  const [, region, accountId, certificateId] = parts as unknown as [string, string, string, string];
  return { accountId, region, certificateId };
}

/** The ARN of a public domain name; its account is empty. */
export function domainNameArn(region: string, domainName: string): string {
  return `arn:aws:apigateway:${region}::/domainnames/${domainName}`;
}

/** Who owns a private domain name, and what it is. */
export interface PrivateDomainName {
  accountId: string;
  region: string;
  domainName: string;
  domainNameId: string;
}

/** The ARN of a private domain name, which has its account and id. */
export function privateDomainNameArn({ accountId, region, domainName, domainNameId }: PrivateDomainName): string {
  return `arn:aws:apigateway:${region}:${accountId}:/domainnames/${domainName}+${domainNameId}`;
}

/** What `privateDomainNameArn` wrote. Undefined when the text is no such ARN. */
export function parsePrivateDomainNameArn(text: string): PrivateDomainName | undefined {
  const parts = /^arn:aws:apigateway:([a-z0-9-]+):(\d{12}):\/domainnames\/([^/+\0]+)\+([a-z0-9]+)$/.exec(text);
  if (!parts) return undefined;
  const [, region, accountId, domainName, domainNameId] = parts as unknown as [string, string, string, string, string];
  return { accountId, region, domainName, domainNameId };
}

/** The ARN of an access association: it lets a VPC endpoint reach a private domain name. */
export function accessAssociationArn(domain: PrivateDomainName, vpcEndpointId: string): string {
  const { accountId, region, domainName, domainNameId } = domain;
  const path = `domainname/${domainName}+${domainNameId}/vpcesource/${vpcEndpointId}`;
  return `arn:aws:apigateway:${region}:${accountId}:/domainnameaccessassociations/${path}`;
}

/** What `accessAssociationArn` wrote. Undefined when the text is no such ARN. */
export function parseAccessAssociationArn(text: string): (PrivateDomainName & { vpcEndpointId: string }) | undefined {
  const parts =
    /^arn:aws:apigateway:([a-z0-9-]+):(\d{12}):\/domainnameaccessassociations\/domainname\/([^/+\0]+)\+([a-z0-9]+)\/vpcesource\/([^/\0]+)$/.exec(
      text,
    );
  if (!parts) return undefined;
  const [, region, accountId, domainName, domainNameId, vpcEndpointId] = parts as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { accountId, region, domainName, domainNameId, vpcEndpointId };
}
