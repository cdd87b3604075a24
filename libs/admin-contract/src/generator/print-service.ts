import { printEnums } from './enums.js';
import type { ServiceModel } from './model.js';
import { pascalCase } from './names.js';
import { printController } from './print-controller.js';
import { type DtoClass, type DtoPlan, enumerationsOf, planDtos, printDto, referencesOf } from './print-dto.js';
import { type GroupOperations, printOperations } from './print-operations.js';

const FIRST_LINE = '// Generated from the service models by `npm run generate`. Do not edit.';

/** Puts the line in front that says where a file comes from. */
export const generatedFile = (text: string) => `${FIRST_LINE}\n${text}`;

/** All files of one service: path below `generated/` -> content. */
export function printService(model: ServiceModel): Map<string, string> {
  const files = new Map<string, string>();
  const add = (name: string, text: string) => files.set(`${model.service}/${name}`, generatedFile(text));
  const plan = planDtos(model);
  // Both control planes have an `Authorizer`, a `Stage`, ...: the OpenAPI document needs one name for each.
  const schemaPrefix = model.service === 'apigateway' ? '' : `${model.service}.`;
  const served = model.service !== 'apigatewaymanagementapi';

  const enumerations = plan.enumerations.all();
  if (enumerations.length > 0) add('enums.ts', printEnums(enumerations));
  add('shapes.ts', printClasses(plan.shapes, plan, schemaPrefix));
  for (const [group, classes] of plan.groups) {
    const operations: GroupOperations = Object.entries(model.operations).filter(([, operation]) => operation.group === group);
    add(
      `${group}/dto.ts`,
      printClasses(
        classes,
        plan,
        schemaPrefix,
        operations.flatMap(([, { outputShape }]) => outputShape ?? []),
      ),
    );
    add(`${group}/operations.ts`, printOperations(group, operations));
    if (served) add(`${group}/controller.ts`, printController(model.service, group, operations));
  }
  add('index.ts', printIndex([...plan.groups.keys()].sort(), served, enumerations.length > 0));
  return files;
}

/** One file of classes; outside `shapes.ts` it also passes on the shared classes that its operations answer with. */
function printClasses(classes: DtoClass[], plan: DtoPlan, schemaPrefix: string, answers?: string[]): string {
  const own = new Set(classes.map((dto) => dto.name));
  const used = new Set(classes.flatMap((dto) => dto.members.flatMap(referencesOf)).filter((name) => !own.has(name)));
  const passedOn = new Set(answers?.filter((name) => plan.shared.has(name)));
  const lines: string[] = [];
  if (classes.some((dto) => dto.members.some(({ type }) => type === 'stream')))
    lines.push("import type { Readable } from 'node:stream';");
  if (schemaPrefix) lines.push("import { ApiSchema } from '@nestjs/swagger';");
  lines.push(`import { Member } from '${answers ? '../../../' : '../../'}validation/member.js';`);
  const enums = [...new Set(classes.flatMap((dto) => enumerationsOf(dto, plan)))].sort();
  if (enums.length > 0) lines.push(`import { ${enums.join(', ')} } from '${answers ? '../' : './'}enums.js';`);
  if (used.size > 0) lines.push(`import { ${[...used].sort().join(', ')} } from '../shapes.js';`);
  if (passedOn.size > 0) lines.push(`export { ${[...passedOn].sort().join(', ')} } from '../shapes.js';`);
  return `${lines.join('\n')}\n\n${classes.map((dto) => printDto(dto, plan, schemaPrefix)).join('\n')}`;
}

function printIndex(groups: string[], served: boolean, hasEnums: boolean): string {
  const lines = [...(hasEnums ? ["export * from './enums.js';"] : []), "export * from './shapes.js';"];
  for (const group of groups) {
    lines.push(`export * from './${group}/dto.js';`, `export * from './${group}/operations.js';`);
    if (served) lines.push(`export * from './${group}/controller.js';`);
  }
  if (!served) return `${lines.join('\n')}\n`;
  const imports = groups.flatMap((group) => [
    `import { ${pascalCase(group)}Controller } from './${group}/controller.js';`,
    `import { ${pascalCase(group)}Operations } from './${group}/operations.js';`,
  ]);
  const rows = groups.map(
    (group) => `  { group: '${group}', controller: ${pascalCase(group)}Controller, operations: ${pascalCase(group)}Operations },`,
  );
  return [
    "import type { OperationGroup } from '../../controllers/operation-group.js';",
    ...imports,
    '',
    ...lines,
    '',
    `export const GROUPS: readonly OperationGroup[] = [\n${rows.join('\n')}\n];`,
    '',
  ].join('\n');
}
