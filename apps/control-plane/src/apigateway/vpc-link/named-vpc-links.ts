import type { RestApiModel } from '@gatehouse/api-model';
import { namesVpcLink } from './find-vpc-link.js';

/** Ids of the VPC links that the integrations of an API name, each once. */
export function namedVpcLinks({ resources }: RestApiModel): string[] {
  const integrations = resources.flatMap(({ methods }) => methods).flatMap(({ methodIntegration }) => methodIntegration ?? []);
  const ids = integrations.flatMap(({ connectionType, connectionId }) =>
    connectionType === 'VPC_LINK' && connectionId !== undefined && namesVpcLink(connectionId) ? connectionId : [],
  );
  return [...new Set(ids)];
}
