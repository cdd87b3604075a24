import { parseModelUrl } from '@gatehouse/api-model';
import { CompiledSchemas, SchemaTexts, SchemaValidator } from '@gatehouse/json-schema';
import type { ModelSnapshot, ValidationSnapshot } from '@gatehouse/snapshot';

/** The models of a deployment, each compiled once, when it is first asked for. */
export class RequestModels {
  private readonly schemas: CompiledSchemas;
  private readonly validators = new Map<string, SchemaValidator>();

  constructor(apiId: string, models: readonly ModelSnapshot[]) {
    const texts = new Map(models.map(({ name, schema }) => [name, schema]));
    this.schemas = new CompiledSchemas(
      new SchemaTexts(texts, (reference) => {
        const named = parseModelUrl(reference);
        return named?.apiId === apiId ? named.name : undefined;
      }),
    );
  }

  /** Throws `RefusedSchema` for what cannot be validated. */
  check(validation: ValidationSnapshot | undefined): void {
    if (validation?.body === undefined) return;
    const { models, otherwise } = validation.body;
    for (const [, model] of models) this.validator(model);
    if (otherwise !== null) this.validator(otherwise);
  }

  /** Throws `RefusedSchema` for a model that is not there or cannot be compiled. */
  validator(model: string): SchemaValidator {
    const known = this.validators.get(model);
    if (known !== undefined) return known;
    const validator = new SchemaValidator(this.schemas.compileDocument(model));
    this.validators.set(model, validator);
    return validator;
  }
}
