import type { MediaTypeView } from '../operation/operation-view.js';
import type { Models } from '../schemas/models.js';

/** Content type -> model name; without those whose model the document does not have. */
export function bodyModels(bodies: readonly MediaTypeView[], models: Models): Record<string, string> {
  return Object.fromEntries(
    bodies.flatMap(({ contentType, schema }) => {
      const model = models.ofBody(schema);
      return model === undefined ? [] : [[contentType, model] as const];
    }),
  );
}
