import { Member } from '@gatehouse/admin-contract';

export class CreateUserRequest {
  @Member({ type: 'string', required: true })
  userName!: string;
}

export class NameUserRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  userName!: string;
}

export class ListUsersRequest {
  @Member({ type: 'integer', in: 'query' })
  limit?: number;

  @Member({ type: 'string', in: 'query' })
  position?: string;
}

export class UserDescription {
  @Member({ type: 'string' })
  userName!: string;

  /** `AIDA...`; `$context.identity.user`. */
  @Member({ type: 'string' })
  userId!: string;

  @Member({ type: 'string' })
  arn!: string;

  /** ISO 8601. */
  @Member({ type: 'string' })
  createdDate!: string;
}

export class UserList {
  /** By name. */
  @Member({ type: 'list', of: { type: UserDescription } })
  items!: UserDescription[];

  /** Leads to the next page; absent on the last one. */
  @Member({ type: 'string' })
  position?: string;
}

export class NameAccessKeyRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  userName!: string;

  @Member({ type: 'string', in: 'uri', required: true })
  accessKeyId!: string;
}

export class UpdateAccessKeyRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  userName!: string;

  @Member({ type: 'string', in: 'uri', required: true })
  accessKeyId!: string;

  /** `Active` or `Inactive`. */
  @Member({ type: 'string', required: true })
  status!: string;
}

/** What may be known of an access key after it was made. */
export class AccessKeyDescription {
  @Member({ type: 'string' })
  accessKeyId!: string;

  /** `Active` or `Inactive`. */
  @Member({ type: 'string' })
  status!: string;

  /** ISO 8601. */
  @Member({ type: 'string' })
  createdDate!: string;
}

/** A new access key: the only answer that ever holds its secret. */
export class CreatedAccessKey extends AccessKeyDescription {
  @Member({ type: 'string' })
  secretAccessKey!: string;
}

export class AccessKeyList {
  @Member({ type: 'list', of: { type: AccessKeyDescription } })
  items!: AccessKeyDescription[];
}

export class NamePolicyRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  userName!: string;

  @Member({ type: 'string', in: 'uri', required: true })
  policyName!: string;
}

export class PutPolicyRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  userName!: string;

  @Member({ type: 'string', in: 'uri', required: true })
  policyName!: string;

  /** JSON text. */
  @Member({ type: 'string', required: true })
  policyDocument!: string;
}

export class PolicyDescription {
  @Member({ type: 'string' })
  policyName!: string;

  /** JSON text, as it was put. */
  @Member({ type: 'string' })
  policyDocument!: string;
}

export class PolicyList {
  @Member({ type: 'list', of: { type: PolicyDescription } })
  items!: PolicyDescription[];
}
