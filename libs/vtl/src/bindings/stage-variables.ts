import { ABSENT } from '../java/absent.js';
import { methodCaller } from '../java/methods.js';
import { VtlObject, type VtlMap, type VtlValue } from '../java/value.js';
import type { Run } from '../run/run.js';
import type { NamedTexts } from './bindings.js';
import { mapOf } from './input.js';

/** `$stageVariables`, which templates cannot change. */
export class StageVariablesObject extends VtlObject {
  readonly javaClass = 'java.util.Map';
  private map: VtlMap | undefined;

  constructor(private readonly variables: NamedTexts) {
    super();
  }

  override property(name: string): VtlValue {
    return this.variables.get(name) ?? ABSENT;
  }

  override item(name: VtlValue): VtlValue {
    return typeof name === 'string' ? this.property(name) : ABSENT;
  }

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    if (name === 'get' && args.length === 1) return this.item(args[0] as VtlValue);
    return methodCaller(name)(this.members, args, run);
  }

  override iterator(): Iterator<VtlValue> {
    return this.members.values();
  }

  private get members(): VtlMap {
    return (this.map ??= mapOf(this.variables));
  }

  print(run: Run): string | null {
    return run.print(this.members);
  }
}
