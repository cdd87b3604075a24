import type { RequestValidatorModel } from '@gatehouse/api-model';

/** A name for each validator (by id), as a document has them under names: one without a name, or with a name that is taken, gets its id. */
export function validatorNames(validators: readonly RequestValidatorModel[]): Map<RequestValidatorModel['id'], string> {
  const taken = new Set<string>();
  const names = new Map<RequestValidatorModel['id'], string>();
  for (const { id, name } of validators) {
    const free = name && !taken.has(name) ? name : id;
    taken.add(free);
    names.set(id, free);
  }
  return names;
}
