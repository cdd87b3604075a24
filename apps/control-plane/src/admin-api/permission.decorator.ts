import { SetMetadata } from '@nestjs/common';

const PERMISSION = Symbol('permission');

/** What a caller must be allowed to do for a handler of Gatehouse's own (those of the AWS API carry theirs in the generated table). */
export interface PermissionDescription {
  /** Such as `gatehouse:GetFleet`. */
  action: string;
  /** ARN template; placeholders are `{region}`, `{accountId}` and members of the path, e.g. `arn:aws:gatehouse:{region}:{accountId}:fleet`. */
  resource: string;
}

/** Every handler that is not generated declares one; a handler without it answers nobody. */
export const Permission = (action: string, resource: string) =>
  SetMetadata(PERMISSION, { action, resource } satisfies PermissionDescription);

export const permissionOf = (handler: object) => Reflect.getMetadata(PERMISSION, handler) as PermissionDescription | undefined;
