import { AwsError } from '@gatehouse/aws-wire';
import { checkSignature, readSignature, verifySignature } from '@gatehouse/sigv4';
import { Injectable } from '@nestjs/common';
import { Authentication, type Caller, type PendingAuthentication, type RequestHead } from '../admin-api/authentication.js';
import { isConnectionsTarget } from '../admin-api/connections-target.js';
import type { SigningService } from '../admin-api/requested-service.js';
import { ControlPlaneConfig } from '../config.js';
import { AccessKeys } from './access-keys.service.js';
import { BearerTokens } from './bearer-tokens.service.js';

/** What signatures of the `@connections` operations are scoped to, which are the data plane's. */
const CONNECTIONS_SERVICE = 'execute-api';

const BEARER = /^bearer +([^ ]+)$/i;

/** Knows callers by the signature of an access key, in the header or in a presigned URL, or by a bearer token. */
@Injectable()
export class RequestAuthentication extends Authentication {
  constructor(
    private readonly config: ControlPlaneConfig,
    private readonly accessKeys: AccessKeys,
    private readonly bearerTokens: BearerTokens,
  ) {
    super();
  }

  override async begin(head: RequestHead, service: SigningService): Promise<PendingAuthentication> {
    const token = bearerToken(head);
    return token === undefined ? this.beginSigned(head, service) : this.beginBearer(token);
  }

  private async beginBearer(token: string): Promise<PendingAuthentication> {
    const { accountId, principalId } = await this.bearerTokens.authenticate(token);
    const caller: Caller = { principalId, scope: { accountId, region: this.config.region } };
    return { finish: async () => caller };
  }

  private async beginSigned(head: RequestHead, service: SigningService): Promise<PendingAuthentication> {
    const presented = readSignature(head);
    const toConnections = presented.service === CONNECTIONS_SERVICE && isConnectionsTarget(head.rawTarget);
    checkSignature(presented, head, { service: toConnections ? CONNECTIONS_SERVICE : service, now: Date.now() });
    const key = await this.accessKeys.find(presented.accessKeyId);
    if (!key) throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    const { accountId, principalId, secretAccessKey } = key;
    return {
      finish: async (body) => {
        verifySignature(presented, head, body, secretAccessKey);
        return { principalId, scope: { accountId, region: presented.region } };
      },
    };
  }
}

/** The token of the only Authorization header; undefined when that is of another kind, which is then read as a signature. */
function bearerToken({ rawHeaders }: RequestHead): string | undefined {
  const values = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'authorization');
  return values.length === 1 ? BEARER.exec(values[0] ?? '')?.[1] : undefined;
}
