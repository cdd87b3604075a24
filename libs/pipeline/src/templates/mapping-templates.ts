import type { SealedSecret, TemplateSnapshot } from '@gatehouse/snapshot';
import { Template, TemplateSyntaxError } from '@gatehouse/vtl';
import type { OpenLiteral } from '../integration-request/parameter-value.js';

/** A template that was deployed and is none: whoever needs it fails, as on AWS, and nobody else. */
export interface BrokenTemplate {
  readonly reason: string;
}

/** What becomes of a body: a template makes another one; null leaves it as it is. */
export type MappingTemplate = Template | BrokenTemplate | null;

const DEFAULT = '$default';
const JSON_TYPE = 'application/json';

/** The templates of one integration or integration response, by media type. */
export class MappingTemplates {
  /** Sealed, until somebody needs one: a compiled template takes many times the room of its text, and most of a large API are needed seldom. */
  private readonly sealed: ReadonlyMap<string, SealedSecret>;
  private readonly templates = new Map<string, MappingTemplate>();

  /** Throws when a template does not open. */
  constructor(
    snapshots: readonly TemplateSnapshot[],
    private readonly openLiteral: OpenLiteral,
  ) {
    for (const [, sealed] of snapshots) if (sealed !== '') openLiteral(sealed);
    this.sealed = new Map(snapshots);
  }

  get size(): number {
    return this.sealed.size;
  }

  has(mediaType: string): boolean {
    return this.sealed.has(mediaType);
  }

  /** The one for requests of a media type; undefined where there is none. Source: AWS, "the content type mapped to the template, or $default". */
  ofRequest(mediaType: string): MappingTemplate | undefined {
    return this.named(mediaType) ?? (this.has(mediaType) ? null : this.named(DEFAULT));
  }

  /** The one for an answer of which this media type is wanted: its own, that of JSON, or the first. Undefined where there is none at all. */
  ofAnswer(mediaType: string): MappingTemplate | undefined {
    for (const type of [mediaType, JSON_TYPE]) if (this.has(type)) return this.named(type);
    for (const first of this.sealed.keys()) return this.named(first);
    return undefined;
  }

  private named(type: string): MappingTemplate | undefined {
    const sealed = this.sealed.get(type);
    if (sealed === undefined || sealed === '') return sealed === '' ? null : undefined;
    const known = this.templates.get(type);
    if (known !== undefined) return known;
    const template = compile(this.openLiteral(sealed));
    this.templates.set(type, template);
    return template;
  }
}

function compile(text: string): Template | BrokenTemplate {
  try {
    return new Template(text);
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return { reason: error.message };
  }
}
