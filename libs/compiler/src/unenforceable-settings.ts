import { AwsError } from '@gatehouse/aws-wire';

/**
 * Thrown where a deployment, a stage or a domain asks for something that the gateways cannot enforce: every place is named, so that one answer tells
 * the whole work, and nothing of it is kept. Goes out as a 400, because it is the configuration that has to change.
 */
export class UnenforceableSettings extends AwsError {
  constructor(readonly settings: readonly string[]) {
    super('BadRequestException', `The gateways cannot enforce these settings yet: ${settings.join('; ')}`);
  }
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

  add(setting: string): void {
    this.settings.push(`${this.place}: ${setting}`);
  }

  /** Adds `setting` when `asked` holds. */
  when(asked: unknown, setting: string): void {
    if (asked) this.add(setting);
  }
}
