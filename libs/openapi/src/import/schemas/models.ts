import { shown } from '@gatehouse/aws-wire';
import { modelUrl, type ModelModel } from '@gatehouse/api-model';
import { OWN } from '../../own-extensions.js';
import type { ImportContext } from '../context.js';
import type { DialectVersion } from '../dialect.js';
import type { DocumentNode } from '../document/document-node.js';
import { keysOfFragment } from '../document/place.js';
import { referenceOf } from '../document/references.js';
import { warnOfUnknownOwnExtensions } from '../extensions.js';
import { withoutAbsent } from '../without-absent.js';
import { alphanumeric, FreeNames, generatedName, modelOfAddress } from './model-name.js';
import { ownMembers } from '../replaced.js';
import { SchemaTranslation } from './schema-translation.js';
import { verbatimSchema } from './verbatim.js';

/** Where each specification keeps the schemas that have names. */
const SCHEMAS_AT: Record<DialectVersion, readonly string[]> = {
  '2.0': ['definitions'],
  '3.0': ['components', 'schemas'],
  '3.1': ['components', 'schemas'],
};

/** The models of a document: its named schemas, and one for each schema without a name that something uses. */
export class Models {
  /** By the schema's pointer: each schema becomes one model, however many refer to it. */
  private readonly names = new Map<string, string>();
  private readonly free = new FreeNames();
  private readonly pending: { name: string; schema: DocumentNode }[] = [];

  constructor(private readonly context: ImportContext) {
    let schemas: DocumentNode | undefined = context.root;
    for (const key of SCHEMAS_AT[context.version]) schemas = schemas?.member(key);
    for (const [name, schema] of schemas?.entries() ?? []) this.addNamed(name, schema);
  }

  /**
   * Name of the model of a body. A reference to nothing is left out with AWS's warning. Throws `BadRequestException` for references that
   * lead out of the document.
   */
  ofBody(schema: DocumentNode): string | undefined {
    const reference = referenceOf(schema);
    if (!reference) return this.ofSchema(schema);
    const name = modelOfAddress(reference.text()) ?? this.ofReference(reference);
    if (name === undefined) {
      const missing = keysOfFragment(reference.text())?.at(-1) ?? '';
      this.context.warnings.add(`Reference to model '${shown(missing)}' not found. Ignoring.`, reference);
    }
    return name;
  }

  /** All models, by name. Call it when everything that uses schemas was read. */
  list(): ModelModel[] {
    const models: ModelModel[] = [];
    // Translating a schema may find further ones that have no name.
    for (let next = this.pending.pop(); next; next = this.pending.pop()) models.push(this.model(next.name, next.schema));
    for (const [name, node] of this.context.root.member(OWN.otherModels)?.entries() ?? []) models.push(this.other(name, node));
    return models.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A model that is no JSON schema stands as it is. */
  private other(name: string, node: DocumentNode): ModelModel {
    if (this.free.take(name) !== name) throw node.refuse('a schema of the document has this name');
    const model = withoutAbsent({
      name,
      description: node.member('description')?.text(),
      contentType: node.required('contentType').text(),
      schema: node.member('schema')?.text(),
    });
    return this.context.places.of(model, node);
  }

  private model(name: string, schema: DocumentNode): ModelModel {
    const { version, warnings, described, places } = this.context;
    described.addModel(name, schema);
    const address = (reference: DocumentNode) => this.address(name, reference);
    if (schema.isObject) warnOfUnknownOwnExtensions(schema, 'schema', warnings);
    const members = schema.isObject ? ownMembers(schema, warnings) : undefined;
    const translated = members?.get(OWN.verbatim)?.flag()
      ? verbatimSchema(members, schema.pointer, address)
      : new SchemaTranslation(version, name, warnings, address).translate(schema, members);
    const description = (members?.get(OWN.description) ?? members?.get('description'))?.value;
    const model = withoutAbsent({
      name,
      description: typeof description === 'string' && description !== '' ? description : undefined,
      contentType: 'application/json',
      schema: JSON.stringify(translated),
    });
    return places.of(model, schema);
  }

  /** The address that takes the place of a reference within the schema of model `name`. */
  private address(name: string, reference: DocumentNode): string {
    const target = modelOfAddress(reference.text()) ?? this.ofReference(reference);
    if (target === undefined) {
      throw reference.refuse(
        `Unable to create model for '${name}': Invalid model specified: Validation Result: warnings : [], errors : [Invalid model reference specified: ${shown(reference.text())}]`,
      );
    }
    return modelUrl(this.context.apiId, target);
  }

  private ofReference(reference: DocumentNode): string | undefined {
    const target = this.context.references.find(reference);
    return target && this.ofSchema(target);
  }

  private ofSchema(schema: DocumentNode): string {
    const { pointer } = schema;
    return this.names.get(pointer) ?? this.add(generatedName(pointer), pointer, schema);
  }

  private addNamed(written: string, schema: DocumentNode): void {
    const wanted = alphanumeric(written) || generatedName(schema.pointer);
    const name = this.add(wanted, schema.pointer, schema);
    if (name !== wanted) {
      this.context.warnings.add(`Model name '${wanted}' of schema '${shown(written)}' is taken. It is named '${name}'.`, schema);
    }
  }

  private add(wanted: string, pointer: string, schema: DocumentNode): string {
    const name = this.free.take(wanted);
    this.names.set(pointer, name);
    this.pending.push({ name, schema });
    return name;
  }
}
