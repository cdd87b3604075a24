import type { TemplateSnapshot } from '@gatehouse/snapshot';
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
  private readonly templates: ReadonlyMap<string, MappingTemplate>;

  /** Throws when a template does not open. */
  constructor(snapshots: readonly TemplateSnapshot[], openLiteral: OpenLiteral) {
    this.templates = new Map(snapshots.map(([type, sealed]) => [type, sealed === '' ? null : compile(openLiteral(sealed))]));
  }

  get size(): number {
    return this.templates.size;
  }

  has(mediaType: string): boolean {
    return this.templates.has(mediaType);
  }

  /** The one for requests of a media type; undefined where there is none. Source: AWS, "the content type mapped to the template, or $default". */
  ofRequest(mediaType: string): MappingTemplate | undefined {
    return this.templates.get(mediaType) ?? (this.templates.has(mediaType) ? null : this.templates.get(DEFAULT));
  }

  /** The one for an answer of which this media type is wanted: its own, that of JSON, or the first. Undefined where there is none at all. */
  ofAnswer(mediaType: string): MappingTemplate | undefined {
    for (const type of [mediaType, JSON_TYPE]) if (this.templates.has(type)) return this.templates.get(type);
    for (const first of this.templates.values()) return first;
    return undefined;
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
