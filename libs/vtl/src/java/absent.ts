import type { Run } from '../run/run.js';
import { STRING_METHODS } from './string-methods.js';
import { VtlObject, type VtlValue } from './value.js';

/**
 * What `$input`, `$context` and `$stageVariables` give where there is nothing: it prints as an empty text, equals both that and null, and is false.
 * Source: recorded on AWS for `$input.path`, `$input.body.x` and `$context`.
 */
export class Absent extends VtlObject {
  readonly javaClass = 'java.lang.String';

  override property(_name: string): VtlValue | undefined {
    return ABSENT;
  }

  override item(_index: VtlValue): VtlValue | undefined {
    return ABSENT;
  }

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    return STRING_METHODS.get(name)?.('', args, run) ?? ABSENT;
  }

  print(): string {
    return '';
  }

  override equals(other: VtlValue): boolean {
    return other === null || other === '' || (other instanceof VtlObject && other.isNull);
  }

  override get isNull(): boolean {
    return true;
  }

  override get isTrue(): boolean {
    return false;
  }
}

export const ABSENT = new Absent();
