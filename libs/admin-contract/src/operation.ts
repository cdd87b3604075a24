import type { AdminCall } from './admin-call.js';

export type ServiceName = 'apigateway' | 'apigatewayv2' | 'apigatewaymanagementapi' | 'lambda';

/** One operation of the admin API, as the service model describes it, and what a caller must be allowed to do it. */
export interface OperationDescription {
  name: string;
  service: ServiceName;
  /** Our grouping: one operations class and one controller each. */
  group: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path template; placeholders are named as the input's members are. */
  path: string;
  /** The value of `?mode=` that tells this operation from another one with the same method and path. */
  mode?: string;
  /** Status of success. */
  status: number;
  /** IAM action, e.g. `apigateway:POST`. Source: AWS's service authorization reference. */
  action: string;
  /** ARN template; placeholders are members of the path, `{region}` and `{accountId}`. */
  resource: string;
}

/** The ARN that policies are matched against. Values of the path keep one meaning in it: what could divide an ARN's path is percent-encoded. */
export function resourceArn(
  operation: Pick<OperationDescription, 'resource'>,
  scope: AdminCall['scope'],
  parameters: Readonly<Record<string, string>>,
): string {
  return operation.resource.replace(/\{(\w+)\}/g, (_placeholder, name: string) => {
    if (name === 'region') return scope.region;
    if (name === 'accountId') return scope.accountId;
    const value = Object.hasOwn(parameters, name) ? (parameters[name] ?? '') : '';
    // Domain names are found in any case, so that a policy has to hold for each of them.
    return arnSegment(name === 'domainName' ? value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : value);
  });
}

/** `$default` and `(none)` appear as they are in AWS's ARNs; a tag's resource ARN appears percent-encoded. */
const arnSegment = (value: string) => encodeURIComponent(value).replaceAll('%24', '$');
