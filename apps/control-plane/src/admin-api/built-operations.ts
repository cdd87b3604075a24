import type { Type } from '@nestjs/common';

/** Whether a service (or its prototype) overrides an operation of the generated class that it extends. */
export function isBuilt(operations: Type, service: object, operation: string): boolean {
  const method = operation.charAt(0).toLowerCase() + operation.slice(1);
  return Reflect.get(service, method) !== Reflect.get(operations.prototype as object, method);
}
