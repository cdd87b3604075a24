import { MalformedPolicy, Policy, readPolicyText } from '@gatehouse/iam-policy';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../admin-api/authentication.js';
import { ExpiringCache } from './expiring-cache.js';
import { PrincipalPolicyEntity } from './principal-policy.entity.js';
import { PrincipalEntity } from './principal.entity.js';

const REMEMBERED_MS = 5_000;
const REMEMBERED_PRINCIPALS = 10_000;

/** A principal with his policies, compiled. */
export interface AuthorizedPrincipal {
  readonly principal: PrincipalEntity;
  readonly policies: readonly Policy[];
}

@Injectable()
export class Principals {
  private readonly remembered = new ExpiringCache<AuthorizedPrincipal>(REMEMBERED_MS, REMEMBERED_PRINCIPALS);

  constructor(private readonly database: DataSource) {}

  /** The principal behind a caller; undefined when it was removed since the caller was authenticated. */
  async find({ principalId, scope: { accountId } }: Caller): Promise<AuthorizedPrincipal | undefined> {
    const key = `${accountId} ${principalId}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const { manager } = this.database;
    const principal = await manager.findOneBy(PrincipalEntity, { accountId, principalId });
    if (!principal) return undefined;
    const documents = await manager.findBy(PrincipalPolicyEntity, { accountId, principalId });
    const policies = [
      ...principal.policies.map((document) => Policy.compile(document, 'identity')),
      ...documents.map(({ document }) => compiled(document)),
    ];
    const found = { principal, policies };
    this.remembered.set(key, found);
    return found;
  }
}

/** A policy that cannot be evaluated could hold a denial: so it denies everything. */
const DENIES_ALL = Policy.compile(
  { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } },
  'identity',
);

function compiled(document: string): Policy {
  try {
    return Policy.compile(readPolicyText(document), 'identity');
  } catch (error) {
    if (error instanceof MalformedPolicy) return DENIES_ALL;
    throw error;
  }
}
