import { parseModelUrl, type MethodModel, type RestApiModel } from '@gatehouse/api-model';
import { CompiledSchemas, printSorted, RefusedSchema, SchemaTexts } from '@gatehouse/json-schema';
import type { BodyValidationSnapshot, ModelSnapshot, RequiredParameter, ValidationSnapshot } from '@gatehouse/snapshot';
import type { Refusals } from './unenforceable-settings.js';

const REQUIRED = /^method\.request\.(?:multivalue)?(header|querystring)\.(.+)$/;
/** Where the resource matched, its parameters are there. */
const IN_PATH = 'method.request.path.';

/** The media type whose model is that of all types without one. Source: recorded behaviour of AWS. */
const USUAL_TYPE = 'application/json';
const ANY_TYPE = '$default';

/** Compiles what the requests of a deployment are validated by, and gathers the models that it takes. */
export class RequestValidation {
  private readonly validators: ReadonlyMap<string, RestApiModel['requestValidators'][number]>;
  private readonly texts: SchemaTexts;
  private readonly schemas: CompiledSchemas;
  /** By model: why it cannot be used, or null. */
  private readonly faults = new Map<string, string | null>();

  constructor(model: Pick<RestApiModel, 'apiId' | 'models' | 'requestValidators'>) {
    this.validators = new Map(model.requestValidators.map((validator) => [validator.id, validator]));
    this.texts = new SchemaTexts(new Map(model.models.map(({ name, schema }) => [name, schema ?? ''])), (reference) => {
      const named = parseModelUrl(reference);
      return named?.apiId === model.apiId ? named.name : undefined;
    });
    this.schemas = new CompiledSchemas(this.texts);
  }

  /** What requests to a method are validated by: undefined where they are not. What cannot be is added to the refusals. */
  of(method: MethodModel, refusals: Refusals): ValidationSnapshot | undefined {
    if (method.requestValidatorId === undefined) return undefined;
    const validator = this.validators.get(method.requestValidatorId);
    if (validator === undefined) {
      refusals.add('requestValidatorId');
      return undefined;
    }
    const parameters = validator.validateRequestParameters ? requiredParameters(method, refusals) : [];
    const body = validator.validateRequestBody ? this.bodyValidation(method, refusals) : undefined;
    if (parameters.length === 0 && body === undefined) return undefined;
    return { ...(parameters.length > 0 && { parameters }), ...(body && { body }) };
  }

  /** Those that were used so far, by name. Their texts are the same whatever the order of their members. */
  get models(): ModelSnapshot[] {
    const models = [...this.texts.found].map(([name, schema]) => ({ name, schema: printSorted(schema) }));
    return models.sort((a, b) => compare(a.name, b.name));
  }

  private bodyValidation({ requestModels }: MethodModel, refusals: Refusals): BodyValidationSnapshot {
    const models = new Map<string, string>();
    for (const [contentType, model] of Object.entries(requestModels)) {
      const mediaType = mediaTypeOf(contentType);
      // Requests cannot tell them apart.
      refusals.when((models.get(mediaType) ?? model) !== model, `several models for ${mediaType}`);
      models.set(mediaType, model);
      const fault = this.faultOf(model);
      refusals.when(fault, `model ${fault}`);
    }
    const otherwise = models.get(USUAL_TYPE) ?? models.get(ANY_TYPE) ?? null;
    models.delete(ANY_TYPE);
    const others = [...models].filter(([, model]) => model !== otherwise);
    return { models: others.sort(([a], [b]) => compare(a, b)), otherwise };
  }

  private faultOf(model: string): string | null {
    const known = this.faults.get(model);
    if (known !== undefined) return known;
    const fault = this.compileFault(model);
    this.faults.set(model, fault);
    return fault;
  }

  private compileFault(model: string): string | null {
    try {
      this.schemas.compileDocument(model);
      return null;
    } catch (error) {
      if (error instanceof RefusedSchema) return error.message;
      throw error;
    }
  }
}

function requiredParameters({ requestParameters }: MethodModel, refusals: Refusals): RequiredParameter[] {
  const keys = Object.keys(requestParameters).filter((key) => requestParameters[key] && !key.startsWith(IN_PATH));
  return keys.sort(compare).flatMap((key): RequiredParameter[] => {
    const [, place, name] = REQUIRED.exec(key) ?? [];
    if (place !== undefined && name !== undefined) return [{ in: place as RequiredParameter['in'], name }];
    refusals.add(`required parameter ${key}`);
    return [];
  });
}

const mediaTypeOf = (contentType: string) => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
