import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authentication, Authorization } from '../admin-api/authentication.js';
import { ControlPlaneConfig } from '../config.js';
import { AccessKeys } from './access-keys.service.js';
import { BearerTokens } from './bearer-tokens.service.js';
import { PolicyAuthorization } from './policy-authorization.js';
import { Principals } from './principals.service.js';
import { RequestAuthentication } from './request-authentication.js';
import { ensureRootIdentity } from './root-identity.js';
import { TokensController } from './tokens.controller.js';

/** Who calls the admin API, and what they may do. Makes the root identity before the first request. */
@Global()
@Module({
  controllers: [TokensController],
  providers: [
    AccessKeys,
    BearerTokens,
    Principals,
    { provide: Authentication, useClass: RequestAuthentication },
    { provide: Authorization, useClass: PolicyAuthorization },
  ],
  exports: [Authentication, Authorization],
})
export class IdentityModule implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly config: ControlPlaneConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    await ensureRootIdentity(this.database, this.config);
  }
}
