import { parseModelUrl } from '@gatehouse/api-model';
import { isObject, parseSchema, withReferences, type JsonSchema } from './json-schema.js';
import { modelsReferredTo } from './model-rules.js';
import { isJson } from './schema-rules.js';
import type { ModelEntity } from './model.entity.js';

/**
 * A model's schema with every model that it refers to, itself or through others, among its `definitions`, so that it stands alone.
 * A reference within such a model leads to where that model now is. `models` are those of the API, by name.
 * The text is the model's own when it refers to none.
 */
export function flattenSchema(model: ModelEntity, models: ReadonlyMap<string, ModelEntity>): string | null {
  const schema = isJson(model.contentType) ? parseSchema(model.schema ?? '') : undefined;
  if (!schema || modelsReferredTo(model).length === 0) return model.schema;

  const others = reachable(model, models);
  const own = isObject(schema.definitions) ? schema.definitions : {};
  const keys = new Map(others.map(({ name }) => [name, unusedKey(own, name)]));
  const placeOf = (name: string) => (name === model.name ? '#' : `#/definitions/${keys.get(name)}`);
  const moved = (part: JsonSchema, place: string) =>
    withReferences(part, (ref) => {
      const named = parseModelUrl(ref);
      if (named?.apiId === model.apiId) return placeOf(named.name);
      return ref.startsWith('#') ? place + ref.slice(1) : ref;
    });
  const definitions = others.map((other) => {
    return [keys.get(other.name)!, moved(parseSchema(other.schema ?? '') ?? {}, placeOf(other.name))] as const;
  });
  const flat = moved(schema, '#');
  const ownMoved = isObject(flat.definitions) ? flat.definitions : {};
  const all = [...Object.entries(ownMoved), ...definitions];
  return JSON.stringify(all.length > 0 ? { ...flat, definitions: Object.fromEntries(all) } : flat);
}

/** The other models that a model refers to, directly or not, in the order in which they are met. */
function reachable(model: ModelEntity, models: ReadonlyMap<string, ModelEntity>): ModelEntity[] {
  const met = new Map([[model.name, model]]);
  for (const each of met.values()) {
    for (const name of modelsReferredTo(each)) {
      const other = models.get(name);
      if (other && !met.has(name)) met.set(name, other);
    }
  }
  return [...met.values()].slice(1);
}

function unusedKey(definitions: JsonSchema, name: string): string {
  let key = name;
  while (Object.hasOwn(definitions, key)) key += '_';
  return key;
}
