import { shown } from '@gatehouse/aws-wire';
import type { DialectVersion } from '../dialect.js';
import type { DocumentNode } from '../document/document-node.js';
import { referenceOf } from '../document/references.js';
import type { Warnings } from '../warnings.js';
import { inOrder, treatmentOf } from './keywords.js';
import { exclusiveBounds, tupleItems, withNull } from './rewritten-keywords.js';

type Member = readonly [string, unknown];

/**
 * The schemas of one model as JSON schema draft 4, which is what AWS validates with: `nullable`, `const`, numeric exclusive bounds and
 * `prefixItems` are written as draft 4 says the same; members are in AWS's order. Source: developer guide, models-mappings-models.
 */
export class SchemaTranslation {
  private readonly said = new Set<string>();

  constructor(
    private readonly version: DialectVersion,
    private readonly model: string,
    private readonly warnings: Warnings,
    /** The address that takes the place of a `$ref`. */
    private readonly addressOf: (reference: DocumentNode) => string,
  ) {}

  /** The schema, with everything within it; `members` are its members where they are not those that stand there. Throws `BadRequestException` for what is no schema. */
  translate(schema: DocumentNode, members?: ReadonlyMap<string, DocumentNode>): unknown {
    if (typeof schema.value === 'boolean' && this.version === '3.1') return schema.value ? {} : { not: {} };
    const reference = referenceOf(schema);
    return reference ? this.ofReference(schema, reference) : this.ofMembers(members ? [...members] : schema.entries());
  }

  /** What stands beside a `$ref` counts in 3.1 only. */
  private ofReference(schema: DocumentNode, reference: DocumentNode): unknown {
    const link = { $ref: this.addressOf(reference) };
    if (this.version !== '3.1') return link;
    const beside = this.ofMembers(schema.entries().filter(([keyword]) => keyword !== '$ref'));
    return Object.keys(beside).some((keyword) => !['title', 'description'].includes(keyword)) ? { allOf: [link, beside] } : link;
  }

  private ofMembers(entries: [string, DocumentNode][]): Record<string, unknown> {
    const given = new Map(entries);
    const members = entries.flatMap(([keyword, node]) => this.ofMember(keyword, node, given));
    return Object.fromEntries(members.sort(inOrder));
  }

  private ofMember(keyword: string, node: DocumentNode, given: ReadonlyMap<string, DocumentNode>): Member[] {
    switch (treatmentOf(keyword)) {
      case 'keep':
        this.warnOfFormat(keyword, node, given);
        return [[keyword, node.value]];
      case 'schema':
        return [[keyword, typeof node.value === 'boolean' ? node.value : this.translate(node)]];
      case 'schemas':
        if (keyword === 'oneOf' && this.version === '2.0') this.warn(`'oneOf' is not part of Swagger 2.0`, node);
        return [[keyword, node.items().map((each) => this.translate(each))]];
      case 'named schemas':
        return [[keyword, Object.fromEntries(node.entries().map(([name, each]) => [name, this.ofNamed(each)]))]];
      case 'translate':
        return this.rewritten(keyword, node, given);
      case 'drop':
        return [];
      case 'drop, warn':
        this.warn(`'${keyword}' is not supported. Ignoring.`, node);
        return [];
      case 'keep, warn':
        this.warn(`'${shown(keyword)}' is not part of JSON schema draft 4 and is not enforced`, node);
        return [[keyword, node.value]];
    }
  }

  /** `dependencies` may have a list of names in place of a schema. */
  private ofNamed(node: DocumentNode): unknown {
    return Array.isArray(node.value) ? node.texts() : this.translate(node);
  }

  private rewritten(keyword: string, node: DocumentNode, given: ReadonlyMap<string, DocumentNode>): Member[] {
    switch (keyword) {
      case 'required': {
        // Draft 3 wrote it as a boolean within a property.
        if (!Array.isArray(node.value)) return this.drop(`'required' must be a list. Ignoring.`, node);
        const names = [...new Set(node.texts())].sort();
        return names.length > 0 ? [[keyword, names]] : [];
      }
      case 'type':
        if (node.value === 'file') return [];
        return [[keyword, this.isNullable(given) ? withNull(node.value, 'null') : node.value]];
      case 'enum':
        return [[keyword, this.isNullable(given) && given.has('type') ? withNull(node.value, null) : node.value]];
      case 'const':
        return given.has('enum') ? [] : [['enum', [node.value]]];
      case 'items':
        return given.has('prefixItems') ? [] : [[keyword, this.items(node)]];
      case 'prefixItems':
        return tupleItems(
          node.items().map((each) => this.translate(each)),
          given.get('items') && this.translate(given.get('items') as DocumentNode),
        );
      case 'minimum':
      case 'exclusiveMinimum':
        return exclusiveBounds(keyword, 'minimum', 'exclusiveMinimum', given);
      case 'maximum':
      case 'exclusiveMaximum':
        return exclusiveBounds(keyword, 'maximum', 'exclusiveMaximum', given);
      default:
        return [];
    }
  }

  private items(node: DocumentNode): unknown {
    return Array.isArray(node.value) ? node.items().map((each) => this.translate(each)) : this.translate(node);
  }

  private isNullable(given: ReadonlyMap<string, DocumentNode>): boolean {
    return this.version === '3.0' && given.get('nullable')?.value === true;
  }

  private warnOfFormat(keyword: string, node: DocumentNode, given: ReadonlyMap<string, DocumentNode>): void {
    const isInteger = node.value === 'int32' || node.value === 'int64';
    if (keyword === 'format' && isInteger && given.get('type')?.value === 'number') {
      this.warn(`Format '${node.text()}' is not supported for type 'number'`, node);
    }
  }

  private drop(sentence: string, node: DocumentNode): Member[] {
    this.warn(sentence, node);
    return [];
  }

  /** Each sentence once for a model, with the first place. */
  private warn(sentence: string, node: DocumentNode): void {
    if (this.said.has(sentence)) return;
    this.said.add(sentence);
    this.warnings.add(`Model '${this.model}': ${sentence}`, node);
  }
}
