import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { OPERATIONS } from '../generated/operations.js';
import type { OperationDescription, ServiceName } from '../operation.js';
import { membersOf } from '../validation/member.js';
import { schemaOf } from '../validation/schema.js';

const OPERATION = Symbol('operation');

/**
 * Says which operation a handler carries: its IAM action and resource for the guard, its parameters and answers for the OpenAPI document.
 * Where a route carries several, the first decorator names the one without `?mode=`.
 */
export function Operation(service: ServiceName, name: string, input: Type<object>, output?: Type<object>): MethodDecorator {
  const table: Readonly<Record<string, OperationDescription>> = OPERATIONS[service];
  const description = table[name];
  if (!description) throw new Error(`no operation is called ${service}.${name}`);
  return applyDecorators(
    SetMetadata(OPERATION, description),
    ApiTags(`${service}: ${description.group}`),
    ApiOperation({ operationId: service === 'apigateway' ? name : `${service}.${name}`, summary: name }),
    ApiResponse({ status: description.status, ...(output ? { type: output } : {}) }),
    ...documentInput(input),
  );
}

/** The operation that a handler carries; undefined for handlers that are not generated. */
export const operationOf = (handler: object) => Reflect.getMetadata(OPERATION, handler) as OperationDescription | undefined;

function documentInput(input: Type<object>): MethodDecorator[] {
  const documented: MethodDecorator[] = [];
  let hasBody = false;
  for (const [property, member] of membersOf(input)) {
    const name = member.wire ?? property;
    const required = member.required === true;
    if (member.in === 'uri') documented.push(ApiParam({ name: property, schema: schemaOf(member) }));
    else if (member.in === 'query') documented.push(ApiQuery({ name, required, schema: schemaOf(member) }));
    else if (member.in === 'header') documented.push(ApiHeader({ name, required, schema: schemaOf(member) }));
    else if (member.in === 'payload') documented.push(ApiBody({ schema: { type: 'string', format: 'binary' } }));
    else hasBody = true;
  }
  if (hasBody) documented.push(ApiBody({ type: input }));
  return documented;
}

