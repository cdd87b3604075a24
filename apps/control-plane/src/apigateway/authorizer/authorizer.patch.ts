import { badRequest } from '@gatehouse/aws-wire';
import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import { authorizerType, secondsOrNull } from './authorizer-rules.js';
import type { AuthorizerEntity } from './authorizer.entity.js';

/** What may be patched in an authorizer; the authorizer as a whole is checked after all operations. */
export const authorizerPatch: PatchTable<AuthorizerEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    { path: '/name', replace: (authorizer, value) => (authorizer.name = value ?? '') },
    { path: '/type', replace: (authorizer, value) => (authorizer.type = authorizerType(value)) },
    { path: '/providerARNs', add: addProvider, remove: removeProvider },
    { path: '/authType', replace: (authorizer, value) => (authorizer.authType = textOrNull(value)) },
    { path: '/authorizerUri', replace: (authorizer, value) => (authorizer.authorizerUri = textOrNull(value)) },
    { path: '/authorizerCredentials', replace: (authorizer, value) => (authorizer.authorizerCredentials = textOrNull(value)) },
    { path: '/identitySource', replace: (authorizer, value) => (authorizer.identitySource = textOrNull(value)) },
    {
      path: '/identityValidationExpression',
      replace: (authorizer, value) => (authorizer.identityValidationExpression = textOrNull(value)),
    },
    {
      path: '/authorizerResultTtlInSeconds',
      replace: (authorizer, value) => (authorizer.authorizerResultTtlInSeconds = secondsOrNull(value)),
    },
  ],
};

function addProvider(authorizer: AuthorizerEntity, value: string | undefined): void {
  if (!value) throw badRequest('Invalid ARN specified in the request');
  if (!authorizer.providerArns.includes(value)) authorizer.providerArns.push(value);
}

function removeProvider(authorizer: AuthorizerEntity, value: string | undefined): void {
  authorizer.providerArns = authorizer.providerArns.filter((arn) => arn !== value);
}
