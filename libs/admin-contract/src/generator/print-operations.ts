import type { ModelOperation } from './model.js';
import { inputClass, lowerFirst, outputClass, pascalCase } from './names.js';

export type GroupOperations = [name: string, operation: ModelOperation][];

export function printOperations(group: string, operations: GroupOperations): string {
  const methods = operations.map(([name, operation]) => {
    const output = outputClass(name, operation) ?? 'void';
    return [
      `  async ${lowerFirst(name)}(_call: AdminCall, _input: dto.${inputClass(name)}): Promise<${output === 'void' ? output : `dto.${output}`}> {`,
      `    throw notBuilt('${name}');`,
      '  }',
    ].join('\n');
  });
  return [
    "import type { AdminCall } from '../../../admin-call.js';",
    "import { notBuilt } from '../../../not-built.js';",
    `import type * as dto from './dto.js';`,
    '',
    `/** What can be done with ${group.replaceAll('-', ' ')}. A service extends it and overrides what is built. */`,
    `export class ${pascalCase(group)}Operations {`,
    methods.join('\n\n'),
    '}',
    '',
  ].join('\n');
}
