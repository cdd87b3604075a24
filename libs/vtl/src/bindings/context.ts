import { Absent } from '../java/absent.js';
import { methodCaller } from '../java/methods.js';
import type { VtlMap, VtlValue } from '../java/value.js';
import type { Run } from '../run/run.js';
import type { ContextSource } from './bindings.js';
import type { TemplateOverrides } from './overrides.js';

/** `$context` and its groups: a group without members is as absent as a variable without a value. */
export class ContextGroup extends Absent {
  private map: VtlMap | undefined;

  /** @param name with a dot at its end; empty for `$context` */
  constructor(
    private readonly source: ContextSource,
    private readonly overrides: TemplateOverrides,
    private readonly name: string,
  ) {
    super();
  }

  override property(member: string): VtlValue {
    return this.member(member);
  }

  override item(member: VtlValue): VtlValue | undefined {
    return typeof member === 'string' ? this.member(member) : undefined;
  }

  private member(member: string): VtlValue {
    if (this.name === '') {
      if (member === 'requestOverride') return this.overrides.request;
      if (member === 'responseOverride') return this.overrides.response;
    }
    const name = this.name + member;
    return this.source.value(name) ?? new ContextGroup(this.source, this.overrides, `${name}.`);
  }

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    const [arg] = args;
    if (name === 'get' && args.length === 1 && typeof arg === 'string') return this.member(arg);
    if (this.members.size === 0 && name !== 'size' && name !== 'keySet' && name !== 'entrySet' && name !== 'values') {
      return super.invoke(name, args, run);
    }
    return methodCaller(name)(this.members, args, run);
  }

  override iterator(): Iterator<VtlValue> {
    return this.members.values();
  }

  private get members(): VtlMap {
    return (this.map ??= new Map<VtlValue, VtlValue>(this.source.members(this.name.slice(0, -1))));
  }

  override print(run?: Run): string {
    return this.members.size === 0 ? '' : (run?.print(this.members) ?? '');
  }

  override equals(other: VtlValue): boolean {
    return this === other || (this.isNull && super.equals(other));
  }

  override get isNull(): boolean {
    return this.name !== '' && this.members.size === 0;
  }

  override get isTrue(): boolean {
    return !this.isNull;
  }
}
