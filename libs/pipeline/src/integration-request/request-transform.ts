import type { ContentHandling, RequestBodySnapshot } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { mediaType, type BinaryMediaTypes } from '../http/binary-media-types.js';
import { converted } from '../http/content-handling.js';
import { CONTENT_TYPE } from '../http/header-info.js';
import { MappingTemplates, type MappingTemplate } from '../templates/mapping-templates.js';
import { renderRequest } from '../templates/render.js';
import type { OpenLiteral } from './parameter-value.js';

/** What an integration without proxy makes of the bodies of requests: its templates, its content handling, and whether it refuses what it has no template for. */
export class RequestTransform {
  private readonly templates: MappingTemplates;
  private readonly handling: ContentHandling | undefined;
  private readonly refuses: boolean;
  private readonly binaryMediaTypes: BinaryMediaTypes;

  constructor(
    { requestTemplates = [], contentHandling, refusesPassthrough }: RequestBodySnapshot & { refusesPassthrough: boolean },
    { openLiteral, binaryMediaTypes }: { openLiteral: OpenLiteral; binaryMediaTypes: BinaryMediaTypes },
  ) {
    this.templates = new MappingTemplates(requestTemplates, openLiteral);
    this.handling = contentHandling;
    this.refuses = refusesPassthrough;
    this.binaryMediaTypes = binaryMediaTypes;
  }

  /** Every body passes as it is, or none does. */
  get isConstant(): boolean {
    return this.templates.size === 0 && this.handling === undefined;
  }

  /** How the body of a request goes on: as it is (null), not at all, or as this function says. */
  of(exchange: Exchange): null | GatewayError | ((body: Buffer) => Buffer | GatewayError) {
    const contentType = exchange.headers.first(CONTENT_TYPE);
    const template = this.templates.ofRequest(mediaType(contentType));
    if (template === undefined && this.refuses) return ERRORS.unsupportedMediaType;
    if (!template && this.handling === undefined) return null;
    return (body) => this.transform(exchange, template, body, this.binaryMediaTypes.has(contentType));
  }

  private transform(
    exchange: Exchange,
    template: MappingTemplate | undefined,
    body: Buffer,
    isBinary: boolean,
  ): Buffer | GatewayError {
    const { handling } = this;
    if (!template) return converted(body, isBinary, handling) ?? ERRORS.undecodableBody;
    // Templates are for text. Source: AWS, "Content type conversions in API Gateway".
    if (isBinary && handling !== 'CONVERT_TO_TEXT') return ERRORS.binaryForTemplate;
    const text = isBinary ? body.toString('base64') : body.toString('utf8');
    const rendered = renderRequest(template, exchange, text);
    if (typeof rendered !== 'string') return rendered;
    return converted(Buffer.from(rendered), false, handling) ?? ERRORS.undecodableBody;
  }
}
