import { shown } from '@gatehouse/aws-wire';
import { DocumentNode } from './document/document-node.js';
import { withPlace } from './document/refusal.js';

/** More would help nobody; a document can be made to earn millions. */
const MAXIMUM_WARNINGS = 1000;

/** What an import tells its caller about parts that it leaves out; AWS rolls the import back for them with `failonwarnings=true`. */
export class Warnings {
  /** By the sentence and where it is about. */
  private readonly kept = new Map<string, { sentence: string; node: DocumentNode | undefined }>();

  /** It is told with the place of the node; the same sentence about the same node counts once. */
  add(sentence: string, node: DocumentNode): void {
    this.keep(sentence, node);
  }

  /** AWS's sentence about a member whose kind is wrong, which is left out. Source: a recorded import, whose sentence ends without a place. */
  addWrongKind(map: string, name: string, value: unknown, { path, httpMethod }: MethodPlace): void {
    const given = typeof value === 'string' ? value : JSON.stringify(value);
    this.keep(
      `Invalid format for '${map}'. Expected type string for property '${shown(name)}' of resource '${shown(path)}' and method '${httpMethod}' but got '${shown(given)}'`,
    );
  }

  list(): string[] {
    const kept = [...this.kept.values()];
    const nodes = kept.flatMap(({ node }) => node ?? []);
    const places = new Map(DocumentNode.placesOf(nodes).map((place, index) => [nodes[index], place]));
    return kept.map(({ sentence, node }) => withPlace(sentence, places.get(node)));
  }

  private keep(sentence: string, node?: DocumentNode): void {
    if (this.kept.size < MAXIMUM_WARNINGS) this.kept.set(`${node?.pointer} ${sentence}`, { sentence, node });
  }
}

/** A method as sentences name it. */
export interface MethodPlace {
  path: string;
  httpMethod: string;
}
