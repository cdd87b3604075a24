import type { VpcLink } from '@gatehouse/admin-contract/apigateway';
import type { VpcLinkEntity } from './vpc-link.entity.js';

interface Shown {
  /** Nothing has to be set up for a link: it is pending in the answer that creates it, as clients expect, and available from then on. */
  status: 'PENDING' | 'AVAILABLE';
  /** Lists and the answer to a creation leave empty tags out. */
  withEmptyTags: boolean;
}

/** A VPC link as it goes over the wire. */
export function vpcLinkView(link: VpcLinkEntity, { status, withEmptyTags }: Shown): VpcLink {
  return {
    id: link.vpcLinkId,
    name: link.name,
    description: link.description ?? undefined,
    targetArns: link.targetArns,
    status,
    statusMessage: status === 'AVAILABLE' ? 'Your vpc link is ready for use' : undefined,
    tags: withEmptyTags || Object.keys(link.tags).length > 0 ? link.tags : undefined,
  };
}
