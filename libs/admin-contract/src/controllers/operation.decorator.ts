import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBody,
  ApiDefaultResponse,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
  type ApiResponseOptions,
} from '@nestjs/swagger';
import { OPERATIONS } from '../generated/operations.js';
import type { OperationDescription, ServiceName } from '../operation.js';
import { membersOf } from '../validation/member.js';
import { isInputOfLambda } from '../validation/read-input.js';
import { schemaOf } from '../validation/schema.js';

const OPERATION = Symbol('operation');
const OUTPUT = Symbol('output');

const ERROR_SCHEMA = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] };

/**
 * Says which operation a handler carries: its IAM action and resource for the guard, its parameters and answers for the OpenAPI document.
 * A handler carries several where they share method and path and are told apart by `?mode=`.
 */
export function Operation(service: ServiceName, name: string, input: Type<object>, output?: Type<object>): MethodDecorator {
  const table: Readonly<Record<string, OperationDescription>> = OPERATIONS[service];
  const description = table[name];
  if (!description) throw new Error(`no operation is called ${service}.${name}`);
  if (service === 'lambda') isInputOfLambda(input);
  if (description.mode !== undefined) return applyDecorators(addOperation(description), documentMode(description));
  return applyDecorators(
    addOperation(description),
    addOutput(output),
    ApiTags(`${service}: ${description.group}`),
    ApiOperation({ operationId: service === 'apigateway' ? name : `${service}.${name}`, summary: name }),
    ApiResponse(documentOutput(description.status, output)),
    ApiDefaultResponse({ description: 'An error; `x-amzn-ErrorType` holds its type.', schema: ERROR_SCHEMA }),
    ...documentInput(input),
  );
}

/** The operation that a handler carries, with `mode` from the query; undefined for handlers that are not generated. */
export function operationOf(handler: object, mode: string | null): OperationDescription | undefined {
  const operations = carriedBy(handler);
  return (
    operations.find((operation) => operation.mode !== undefined && operation.mode === mode) ??
    operations.find((operation) => !operation.mode)
  );
}

/** The generated class of a handler's answer; undefined without one. Operations that share a handler answer alike. */
export const outputOf = (handler: object) => Reflect.getMetadata(OUTPUT, handler) as Type<object> | undefined;

const carriedBy = (handler: object) => (Reflect.getMetadata(OPERATION, handler) as OperationDescription[] | undefined) ?? [];

function addOperation(description: OperationDescription): MethodDecorator {
  return (_prototype, _name, descriptor) => {
    const handler = descriptor.value as object;
    Reflect.defineMetadata(OPERATION, [...carriedBy(handler), description], handler);
  };
}

function addOutput(output: Type<object> | undefined): MethodDecorator {
  return (_prototype, _name, descriptor) => {
    Reflect.defineMetadata(OUTPUT, output, descriptor.value as object);
  };
}

function documentOutput(status: number, output: Type<object> | undefined): ApiResponseOptions {
  if (!output) return { status };
  const payload = [...membersOf(output).values()].find((member) => member.in === 'payload');
  return payload ? { status, content: { 'application/octet-stream': { schema: schemaOf(payload) } } } : { status, type: output };
}

/** OpenAPI has no two operations with one method and path. */
const documentMode = ({ name, mode }: OperationDescription) =>
  ApiQuery({
    name: 'mode',
    required: false,
    schema: { type: 'string', enum: [mode] },
    description: `\`${mode}\`: ${name}, whose body is a document`,
  });

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
