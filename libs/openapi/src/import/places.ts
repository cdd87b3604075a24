import type { ApiDefinition } from '@gatehouse/api-model';
import { DocumentNode } from './document/document-node.js';
import type { DocumentPlace } from './document/place.js';

/** What of a definition has a place in the document: each object of it (a method, an integration, a model), and its own members by name. */
export type Placed = object | keyof ApiDefinition;

/** Where the document says what is in its definition, so that what is wrong with it can be told with its place. */
export class Places {
  private readonly nodes = new Map<Placed, DocumentNode>();

  /** Gives back the object, which the node defines. */
  of<T extends object>(defined: T, node: DocumentNode): T {
    this.nodes.set(defined, node);
    return defined;
  }

  /** Gives back the node, if there is one, which a member of the definition follows from. */
  ofMember(name: keyof ApiDefinition, node: DocumentNode | undefined): DocumentNode | undefined {
    if (node) this.nodes.set(name, node);
    return node;
  }

  list(): Map<Placed, DocumentPlace> {
    const places = DocumentNode.placesOf([...this.nodes.values()]);
    return new Map([...this.nodes.keys()].map((defined, index) => [defined, places[index]!]));
  }
}
