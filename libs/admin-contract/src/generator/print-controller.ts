import type { ServiceName } from '../operation.js';
import type { ModelOperation } from './model.js';
import { inputClass, lowerFirst, outputClass, pascalCase, pathAndMode } from './names.js';
import type { GroupOperations } from './print-operations.js';

/** Operations that share method and path; the first is the one without `?mode=`. */
type Route = GroupOperations;

const VERBS = { GET: 'Get', POST: 'Post', PUT: 'Put', PATCH: 'Patch', DELETE: 'Delete' } as const;

export function printController(service: ServiceName, group: string, operations: GroupOperations): string {
  const routes = groupByRoute(operations);
  const verbs = [...new Set(operations.map(([, operation]) => VERBS[operation.method]))].sort();
  const shared = routes.some((route) => route.length > 1);
  return [
    `import { Controller, HttpCode, Inject, ${verbs.join(', ')} } from '@nestjs/common';`,
    "import type { AdminCall } from '../../../admin-call.js';",
    "import { Call, Input, Wire } from '../../../controllers/parameters.js';".replace(shared ? '' : ', Wire', ''),
    "import { Operation } from '../../../controllers/operation.decorator.js';",
    ...(shared
      ? [
          "import { refuseMode } from '../../../controllers/refuse-mode.js';",
          "import { readInput } from '../../../validation/read-input.js';",
          "import type { WireRequest } from '../../../validation/wire-request.js';",
        ]
      : []),
    "import * as dto from './dto.js';",
    `import { ${pascalCase(group)}Operations } from './operations.js';`,
    '',
    '@Controller()',
    `export class ${pascalCase(group)}Controller {`,
    `  constructor(@Inject(${pascalCase(group)}Operations) private readonly operations: ${pascalCase(group)}Operations) {}`,
    '',
    routes.map((route) => printRoute(service, route)).join('\n\n'),
    '}',
    '',
  ].join('\n');
}

function groupByRoute(operations: GroupOperations): Route[] {
  const routes = new Map<string, Route>();
  for (const entry of operations) {
    const key = `${entry[1].method} ${pathAndMode(entry[1]).path}`;
    routes.set(key, [...(routes.get(key) ?? []), entry]);
  }
  for (const route of routes.values()) {
    route.sort(
      ([, left], [, right]) => Number(pathAndMode(left).mode !== undefined) - Number(pathAndMode(right).mode !== undefined),
    );
    if (
      route
        .slice(1)
        .some(([, operation]) => pathAndMode(operation).mode === undefined || operation.status !== route[0]![1].status)
    ) {
      throw new Error(`${route.map(([name]) => name).join(', ')} cannot be told apart`);
    }
  }
  return [...routes.values()];
}

function printRoute(service: ServiceName, route: Route): string {
  const [name, operation] = route[0]!;
  const { path } = pathAndMode(operation);
  const head = [
    `  @${VERBS[operation.method]}('${path.replace(/\{(\w+)\}/g, ':$1')}')`,
    `  @HttpCode(${operation.status})`,
    ...route.map(([each, one]) => {
      const output = outputClass(each, one);
      return `  @Operation('${service}', '${each}', dto.${inputClass(each)}${output ? `, dto.${output}` : ''})`;
    }),
  ];
  if (route.length === 1) {
    return [
      ...head,
      `  ${lowerFirst(name)}(@Call() call: AdminCall, @Input(dto.${inputClass(name)}) input: dto.${inputClass(name)}) {`,
      `    return this.operations.${lowerFirst(name)}(call, input);`,
      '  }',
    ].join('\n');
  }
  return [
    ...head,
    `  ${lowerFirst(name)}(@Call() call: AdminCall, @Wire() wire: WireRequest) {`,
    ...route
      .slice(1)
      .map(
        ([each, one]) =>
          `    if (wire.query.get('mode') === '${modeOf(one)}') return this.operations.${lowerFirst(each)}(call, readInput(wire, dto.${inputClass(each)}));`,
      ),
    `    refuseMode(wire, ${route
      .slice(1)
      .map(([, one]) => `'${modeOf(one)}'`)
      .join(', ')});`,
    `    return this.operations.${lowerFirst(name)}(call, readInput(wire, dto.${inputClass(name)}));`,
    '  }',
  ].join('\n');
}

const modeOf = (operation: ModelOperation) => pathAndMode(operation).mode;
