import { enumOrder } from './enum-order.js';
import { Enumerations } from './enums.js';
import type { ModelMember, ModelType, ServiceModel } from './model.js';
import { inputClass, outputClass, wireProperty } from './names.js';

/** One class to print: a request, an answer or a nested shape. */
export interface DtoClass {
  name: string;
  /** Requests name their properties as SDKs do, everything else as the wire does. */
  kind: 'input' | 'output' | 'shape';
  members: ModelMember[];
}

/** Where each class of a service is printed: in its group's file, or in `shapes.ts` when several groups or other shapes use it. */
export interface DtoPlan {
  shapes: DtoClass[];
  groups: Map<string, DtoClass[]>;
  /** Names of the classes in `shapes`. */
  shared: ReadonlySet<string>;
  /** Shapes that can occur in a request. */
  received: ReadonlySet<string>;
  /** Enumerations of what can occur in a request. */
  enumerations: Enumerations;
}

/** Names of the shapes that a type refers to. */
export function referencesOf(type: ModelType): string[] {
  if (type.ref) return [type.ref];
  return [...(type.of ? referencesOf(type.of) : []), ...(type.values ? referencesOf(type.values) : [])];
}

export function planDtos(model: ServiceModel): DtoPlan {
  const shapes = new Map<string, DtoClass>(
    Object.entries(model.shapes).map(([name, shape]) => [name, { name, kind: 'shape', members: shape.members }]),
  );
  const groups = new Map<string, DtoClass[]>();
  const outputs = new Map<string, { dto: DtoClass; groups: Set<string> }>();
  for (const [name, operation] of Object.entries(model.operations)) {
    const classes = groups.get(operation.group) ?? [];
    groups.set(operation.group, classes);
    classes.push({ name: inputClass(name), kind: 'input', members: operation.input });
    const output = outputClass(name, operation);
    if (!output) continue;
    if (shapes.has(output)) {
      assertSameMembers(output, shapes.get(output)!.members, operation.output);
      continue;
    }
    const known = outputs.get(output) ?? { dto: { name: output, kind: 'output', members: operation.output }, groups: new Set() };
    assertSameMembers(output, known.dto.members, operation.output);
    outputs.set(output, known);
    known.groups.add(operation.group);
  }
  for (const { dto, groups: users } of outputs.values()) {
    if (users.size > 1) shapes.set(dto.name, dto);
    else groups.get([...users][0]!)!.push(dto);
  }
  const received = receivedShapes(model);
  const ordered = inOrderOfUse(shapes);
  const all = [...ordered, ...[...groups.values()].flat()];
  const inRequests = all.filter((dto) => dto.kind === 'input' || received.has(dto.name));
  const enumerations = new Enumerations(inRequests, new Set(all.map((dto) => dto.name)));
  return { shapes: ordered, groups, shared: new Set(shapes.keys()), received, enumerations };
}

function assertSameMembers(name: string, left: ModelMember[], right: ModelMember[]): void {
  const names = (members: ModelMember[]) => members.map(wireProperty).sort().join(' ');
  if (names(left) !== names(right)) throw new Error(`two shapes are called ${name}`);
}

/** A class comes after those it refers to, because decorators run when a class is defined. */
function inOrderOfUse(shapes: Map<string, DtoClass>): DtoClass[] {
  const ordered = new Set<DtoClass>();
  const visit = (name: string, path: string[]) => {
    if (path.includes(name)) throw new Error(`shapes that refer to one another: ${[...path, name].join(' -> ')}`);
    const dto = shapes.get(name);
    if (!dto) throw new Error(`no shape is called ${name}`);
    for (const reference of dto.members.flatMap(referencesOf)) visit(reference, [...path, name]);
    ordered.add(dto);
  };
  for (const name of shapes.keys()) visit(name, []);
  return [...ordered];
}

function receivedShapes(model: ServiceModel): Set<string> {
  const received = new Set<string>();
  const visit = (type: ModelType) => {
    for (const name of referencesOf(type)) {
      if (received.has(name)) continue;
      received.add(name);
      model.shapes[name]!.members.forEach(visit);
    }
  };
  for (const operation of Object.values(model.operations)) operation.input.forEach(visit);
  return received;
}

/** Whether the members of a class have enumerations as their types; those of answers only are plain strings. */
const hasEnumerations = (dto: DtoClass, plan: DtoPlan) => dto.kind === 'input' || plan.received.has(dto.name);

export function printDto(dto: DtoClass, plan: DtoPlan, schemaPrefix: string): string {
  const nameOf = (values: string[]) => (hasEnumerations(dto, plan) ? plan.enumerations.nameOf(values) : undefined);
  const members = dto.members.map((member) => printMember(dto, member, nameOf));
  const schema = schemaPrefix ? `@ApiSchema({ name: '${schemaPrefix}${dto.name}' })\n` : '';
  return `${schema}export class ${dto.name} {\n${members.join('\n\n')}\n}\n`;
}

type EnumNames = (values: string[]) => string | undefined;

function printMember(dto: DtoClass, member: ModelMember, enumName: EnumNames): string {
  const isKey = member.in === undefined || member.in === 'body';
  const property = dto.kind === 'input' || !isKey ? member.name : wireProperty(member);
  const required = member.required === true && dto.kind !== 'output';
  const facts = [...printFacts(member, enumName)];
  if (required) facts.push('required: true');
  if (member.type === 'map' && KEEPS_NULLS.test(property)) facts.push('keepNulls: true');
  if (!isKey) facts.unshift(`in: '${member.in}'`);
  // A path parameter is named by the route, which uses the property's name.
  if (member.in !== 'uri' && wireProperty(member) !== property) facts.push(`wire: '${wireProperty(member)}'`);
  return `  @Member({ ${facts.join(', ')} })\n  ${property}${required ? '!' : '?'}: ${printType(member, enumName, property)};`;
}

function* printFacts(type: ModelType, enumName: EnumNames): Generator<string> {
  if (type.ref) yield `type: ${type.ref}`;
  else yield `type: '${type.type}'`;
  if (type.of) yield `of: { ${[...printFacts(type.of, enumName)].join(', ')} }`;
  if (type.keys && hasLimits(type.keys)) yield `keys: { ${[...printFacts(type.keys, enumName)].join(', ')} }`;
  if (type.values) yield `values: { ${[...printFacts(type.values, enumName)].join(', ')} }`;
  if (type.enum) yield `enum: ${enumName(type.enum) ?? `[${enumOrder(type.enum).map(quoted).join(', ')}]`}`;
  if (type.pattern !== undefined) yield `pattern: ${quoted(type.pattern)}`;
  if (type.min !== undefined) yield `min: ${type.min}`;
  if (type.max !== undefined) yield `max: ${type.max}`;
  if (type.sensitive) yield 'sensitive: true';
}

const hasLimits = ({ min, max, pattern }: ModelType) => min !== undefined || max !== undefined || pattern !== undefined;

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const SCALARS = {
  string: 'string',
  integer: 'number',
  long: 'number',
  double: 'number',
  boolean: 'boolean',
  timestamp: 'Date',
  blob: 'Buffer',
  stream: 'Readable',
} as const;

/** AWS keeps a template without a value as null, so these maps may hold nulls. */
const KEEPS_NULLS = /Templates$/;

function printType(type: ModelType, enumName: EnumNames, property = ''): string {
  if (type.ref) return type.ref;
  if (type.of) return `${printType(type.of, enumName)}[]`;
  if (type.values) return `Record<string, ${printType(type.values, enumName)}${KEEPS_NULLS.test(property) ? ' | null' : ''}>`;
  if (type.enum) return enumName(type.enum) ?? 'string';
  const scalar = SCALARS[type.type as keyof typeof SCALARS];
  if (!scalar) throw new Error(`no type for ${JSON.stringify(type)}`);
  return scalar;
}

/** Names of the enumerations that a class uses. */
export function enumerationsOf(dto: DtoClass, plan: DtoPlan): string[] {
  if (!hasEnumerations(dto, plan)) return [];
  const inside = (type: ModelType): string[] => [
    ...(type.enum ? [plan.enumerations.nameOf(type.enum)!] : []),
    ...(type.of ? inside(type.of) : []),
    ...(type.values ? inside(type.values) : []),
  ];
  return dto.members.flatMap(inside);
}
