import { AwsError, shown } from '@gatehouse/aws-wire';

/** Characters of an answer that tell settings; of more their number is told. */
const MOST_TOLD = 10_000;

/**
 * Thrown where a deployment, a stage or a domain asks for something that the gateways cannot enforce: every place is named, so that one answer tells
 * the whole work as far as somebody can read it, and nothing of it is kept. Goes out as a 400, because it is the configuration that has to change.
 */
export class UnenforceableSettings extends AwsError {
  constructor(readonly settings: readonly string[]) {
    super('BadRequestException', `The gateways cannot enforce these settings yet: ${told(settings)}`);
  }
}

function told(settings: readonly string[]): string {
  let characters = 0;
  const first = settings.filter((setting) => (characters += setting.length) <= MOST_TOLD);
  const others = settings.length - first.length;
  return [...first, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
}

/** Throws `UnenforceableSettings` when there are any. */
export function refuseUnenforceable(settings: readonly string[]): void {
  if (settings.length > 0) throw new UnenforceableSettings(settings);
}

/** Gathers what cannot be enforced, each with the place that asks for it (`GET /pets`, `API`, `stage prod`). */
export class Refusals {
  constructor(
    readonly place: string,
    /** Each with its place. */
    readonly settings: string[] = [],
  ) {}

  /** Names for a place of its own and gathers with the others. */
  at(place: string): Refusals {
    return new Refusals(place, this.settings);
  }

  /** Both may hold tenants' texts: long ones are shortened. */
  add(setting: string): void {
    this.settings.push(`${shown(this.place)}: ${shown(setting)}`);
  }

  /** Adds `setting` when `asked` holds. */
  when(asked: unknown, setting: string): void {
    if (asked) this.add(setting);
  }
}
