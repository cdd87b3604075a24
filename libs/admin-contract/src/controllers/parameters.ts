import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import type { AdminCall } from '../admin-call.js';
import { readInput } from '../validation/read-input.js';
import type { WireRequest } from '../validation/wire-request.js';

/** What the application attaches to a request before a generated controller sees it. */
export interface AdminRequest {
  adminCall: AdminCall;
  wireRequest: WireRequest;
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<AdminRequest>();

/** Who calls, and from where. */
export const Call = createParamDecorator((_data: unknown, context: ExecutionContext): AdminCall => requestOf(context).adminCall);

/** The request, unread: for a route that carries several operations. */
export const Wire = createParamDecorator(
  (_data: unknown, context: ExecutionContext): WireRequest => requestOf(context).wireRequest,
);

/** The request, read and validated as an instance of a generated class. */
export const Input = createParamDecorator((input: Type<object>, context: ExecutionContext) =>
  readInput(requestOf(context).wireRequest, input),
);
