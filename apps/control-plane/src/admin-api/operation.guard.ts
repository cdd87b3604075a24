import { GROUPS as HTTP_AND_WEBSOCKET_GROUPS } from '@gatehouse/admin-contract/apigatewayv2';
import { GROUPS as REST_GROUPS } from '@gatehouse/admin-contract/apigateway';
import { GROUPS as FUNCTION_GROUPS } from '@gatehouse/admin-contract/lambda';
import { notBuilt, operationOf, resourceArn } from '@gatehouse/admin-contract';
import { AwsError } from '@gatehouse/aws-wire';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { functionResource } from '../lambda/function-resource.js';
import { type AdminFastifyRequest, isOpen } from './admin-request.js';
import { Authorization, type RequestOrigin } from './authentication.js';
import { isBuilt } from './built-operations.js';
import { permissionOf } from './permission.decorator.js';

const operationsOf = new Map(
  [...REST_GROUPS, ...HTTP_AND_WEBSOCKET_GROUPS, ...FUNCTION_GROUPS].map(({ controller, operations }) => [
    controller,
    operations,
  ]),
);

/**
 * Stands before every handler: asks whether the caller may do what the handler does, then says 501 for what is not built, before the input is
 * read, because no input would change that.
 */
@Injectable()
export class OperationGuard implements CanActivate {
  constructor(
    @Inject(Authorization) private readonly authorization: Authorization,
    @Inject(ModuleRef) private readonly modules: ModuleRef,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AdminFastifyRequest>();
    if (isOpen(request)) return true;
    const { caller, wireRequest } = request;
    if (!caller || !wireRequest) throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');

    const handler = context.getHandler();
    const operation = operationOf(handler, wireRequest.query.get('mode'));
    const permission = operation ?? permissionOf(handler);
    if (!permission) throw new Error(`${context.getClass().name}.${handler.name} declares no permission`);
    const resource =
      operation?.service === 'lambda'
        ? functionResource(operation, caller.scope, wireRequest)
        : resourceArn(permission, caller.scope, wireRequest.parameters);
    await this.authorization.authorize(caller, permission.action, resource, originOf(request));

    if (operation) this.assertBuilt(context, operation.name);
    return true;
  }

  private assertBuilt(context: ExecutionContext, operation: string): void {
    const token = operationsOf.get(context.getClass());
    if (!token) throw new Error(`${context.getClass().name} belongs to no group of operations`);
    const service = this.modules.get<object>(token, { strict: false });
    if (!isBuilt(token, service, operation)) throw notBuilt(operation);
  }
}

function originOf({ ip, protocol, headers }: AdminFastifyRequest): RequestOrigin {
  return { sourceIp: ip, secure: protocol === 'https', userAgent: headers['user-agent'], referer: headers.referer };
}
