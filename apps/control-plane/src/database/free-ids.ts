import { shortId } from '@gatehouse/aws-wire';
import type { EntityTarget, FindOptionsWhere } from 'typeorm';
import type { AdminTransaction } from './unit-of-work.js';
import type { Scoped } from './scoped.js';

/** Draws ids of 6 characters, each once: of 100,000 draws some are alike, almost always. */
export class FreeIds {
  private readonly taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.taken = new Set(taken);
  }

  draw(): string {
    let id = shortId();
    while (this.taken.has(id)) id = shortId();
    this.taken.add(id);
    return id;
  }
}

/** An id of 6 characters that none of the caller's rows has in `column`, among those that `where` describes; call it under the lock of their owner. */
export async function freeId<E extends Scoped>(
  { manager, scope }: Pick<AdminTransaction, 'manager' | 'scope'>,
  entity: EntityTarget<E>,
  column: keyof E,
  where: FindOptionsWhere<E> = {},
): Promise<string> {
  for (;;) {
    const id = shortId();
    const same = { ...where, ...scope, [column]: id } as FindOptionsWhere<E>;
    if (!(await manager.existsBy(entity, same))) return id;
  }
}
