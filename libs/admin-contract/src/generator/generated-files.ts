import { readModel, SERVICES } from './model.js';
import { printOperationTable } from './print-operation-table.js';
import { generatedFile, printService } from './print-service.js';

/** Everything below `src/generated`, from the models in `directory`: path -> content. */
export function generatedFiles(directory: string): Map<string, string> {
  const models = SERVICES.map((service) => readModel(directory, service));
  return new Map([
    ['operations.ts', generatedFile(printOperationTable(models))],
    ...models.flatMap((model) => [...printService(model)]),
  ]);
}
