// Generated from the service models by `npm run generate`. Do not edit.
import type { OperationGroup } from '../../controllers/operation-group.js';
import { AccountController } from './account/controller.js';
import { AccountOperations } from './account/operations.js';
import { AliasesController } from './aliases/controller.js';
import { AliasesOperations } from './aliases/operations.js';
import { ConcurrencyController } from './concurrency/controller.js';
import { ConcurrencyOperations } from './concurrency/operations.js';
import { FunctionsController } from './functions/controller.js';
import { FunctionsOperations } from './functions/operations.js';
import { InvocationsController } from './invocations/controller.js';
import { InvocationsOperations } from './invocations/operations.js';
import { PermissionsController } from './permissions/controller.js';
import { PermissionsOperations } from './permissions/operations.js';
import { TagsController } from './tags/controller.js';
import { TagsOperations } from './tags/operations.js';
import { VersionsController } from './versions/controller.js';
import { VersionsOperations } from './versions/operations.js';

export * from './enums.js';
export * from './shapes.js';
export * from './account/dto.js';
export * from './account/operations.js';
export * from './account/controller.js';
export * from './aliases/dto.js';
export * from './aliases/operations.js';
export * from './aliases/controller.js';
export * from './concurrency/dto.js';
export * from './concurrency/operations.js';
export * from './concurrency/controller.js';
export * from './functions/dto.js';
export * from './functions/operations.js';
export * from './functions/controller.js';
export * from './invocations/dto.js';
export * from './invocations/operations.js';
export * from './invocations/controller.js';
export * from './permissions/dto.js';
export * from './permissions/operations.js';
export * from './permissions/controller.js';
export * from './tags/dto.js';
export * from './tags/operations.js';
export * from './tags/controller.js';
export * from './versions/dto.js';
export * from './versions/operations.js';
export * from './versions/controller.js';

export const GROUPS: readonly OperationGroup[] = [
  { group: 'account', controller: AccountController, operations: AccountOperations },
  { group: 'aliases', controller: AliasesController, operations: AliasesOperations },
  { group: 'concurrency', controller: ConcurrencyController, operations: ConcurrencyOperations },
  { group: 'functions', controller: FunctionsController, operations: FunctionsOperations },
  { group: 'invocations', controller: InvocationsController, operations: InvocationsOperations },
  { group: 'permissions', controller: PermissionsController, operations: PermissionsOperations },
  { group: 'tags', controller: TagsController, operations: TagsOperations },
  { group: 'versions', controller: VersionsController, operations: VersionsOperations },
];
