import type { Type } from '@nestjs/common';

/** The controller of one group and the class that is its operations' injection token; without a service, that class itself is provided. */
export interface OperationGroup {
  group: string;
  controller: Type;
  operations: Type;
}
