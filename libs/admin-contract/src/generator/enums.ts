import { enumOrder } from './enum-order.js';
import type { ModelType } from './model.js';
import { pascalCase } from './names.js';
import type { DtoClass } from './print-dto.js';

/** An enumeration of one service. The models give enumerations no names, so they are called after the members that have them. */
export interface Enumeration {
  name: string;
  values: string[];
}

/** Names of members that say too little by themselves. */
const GENERAL_NAMES = new Set(['Format', 'Mode', 'Op', 'Period', 'Status', 'Type', 'Types']);

const keyOf = (values: string[]) => [...values].sort().join(' ');

/** Names the enumerations of classes that can occur in a request: after their member, or after class and member where that is ambiguous. */
export class Enumerations {
  private readonly byValues = new Map<string, Enumeration>();

  constructor(classes: DtoClass[], taken: ReadonlySet<string>) {
    const uses = classes.flatMap((dto) =>
      dto.members.flatMap((member) => enumsIn(member).map((values) => ({ dto, member, values }))),
    );
    const variants = new Map<string, Set<string>>();
    for (const { member, values } of uses) {
      const name = enumName(member.name);
      variants.set(name, (variants.get(name) ?? new Set()).add(keyOf(values)));
    }
    for (const { dto, member, values } of uses) {
      const key = keyOf(values);
      if (this.byValues.has(key)) continue;
      const short = enumName(member.name);
      const isClear = variants.get(short)!.size === 1 && !taken.has(short) && !GENERAL_NAMES.has(short);
      const name = isClear ? short : `${dto.name.replace(/Request$/, '')}${short}`;
      if (taken.has(name) || this.all().some((each) => each.name === name)) throw new Error(`two things are called ${name}`);
      this.byValues.set(key, { name, values: enumOrder(values) });
    }
  }

  all(): Enumeration[] {
    return [...this.byValues.values()];
  }

  /** Undefined for one that only answers have: their members are plain strings. */
  nameOf(values: string[]): string | undefined {
    return this.byValues.get(keyOf(values))?.name;
  }
}

const enumName = (member: string) => pascalCase(member).replace(/^./, (letter) => letter.toUpperCase());

function enumsIn(type: ModelType): string[][] {
  return [...(type.enum ? [type.enum] : []), ...(type.of ? enumsIn(type.of) : []), ...(type.values ? enumsIn(type.values) : [])];
}

export function printEnums(enumerations: Enumeration[]): string {
  return [...enumerations]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(
      ({ name, values }) =>
        `export const ${name} = [${values.map((value) => `'${value}'`).join(', ')}] as const;\nexport type ${name} = (typeof ${name})[number];\n`,
    )
    .join('\n');
}
