import type { ContentHandling, ResponseBodySnapshot } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { mediaType } from '../http/binary-media-types.js';
import { converted } from '../http/content-handling.js';
import { ACCEPT } from '../http/header-info.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import { MappingTemplates } from '../templates/mapping-templates.js';
import { renderAnswer } from '../templates/render.js';

/** What an integration response makes of the body of an answer: its templates, its content handling, and what the API takes for binary. */
export class ResponseTransform {
  private readonly templates: MappingTemplates;
  private readonly handling: ContentHandling | undefined;

  constructor(
    { templates = [], contentHandling }: ResponseBodySnapshot,
    private readonly context: Pick<IntegrationContext, 'openLiteral' | 'binaryMediaTypes'>,
  ) {
    this.templates = new MappingTemplates(templates, context.openLiteral);
    this.handling = contentHandling;
  }

  /** Every body passes as it is. */
  get passesAll(): boolean {
    return this.templates.size === 0 && this.handling === undefined && this.context.binaryMediaTypes.size === 0;
  }

  /** @param contentType of the backend's body */
  apply(exchange: Exchange, body: Buffer, contentType: string | undefined): Buffer | GatewayError {
    const { binaryMediaTypes } = this.context;
    const accept = exchange.headers.first(ACCEPT);
    const isBinary = contentType !== undefined && binaryMediaTypes.has(contentType);
    const template = this.templates.ofAnswer(mediaType(firstOf(accept)));
    if (template) {
      if (isBinary && this.handling !== 'CONVERT_TO_TEXT') return ERRORS.binaryForTemplate;
      const rendered = renderAnswer(template, exchange, body.toString(isBinary ? 'base64' : 'utf8'));
      if (typeof rendered !== 'string') return rendered;
      return converted(Buffer.from(rendered), false, this.handling) ?? ERRORS.undecodableAnswer;
    }
    return (
      converted(body, isBinary, this.handling ?? wanted(isBinary, binaryMediaTypes.isAccepted(accept))) ??
      ERRORS.undecodableAnswer
    );
  }
}

/** Where content handling says nothing, the client's Accept does. Source: AWS, "Content type conversions in API Gateway". */
function wanted(isBinary: boolean, isAccepted: boolean): ContentHandling | undefined {
  if (isBinary === isAccepted) return undefined;
  return isAccepted ? 'CONVERT_TO_BINARY' : 'CONVERT_TO_TEXT';
}

/** Only the first media type of an Accept counts; all types are as none. */
function firstOf(accept: string | undefined): string | undefined {
  const first = accept?.split(',', 1)[0];
  return first?.trim().startsWith('*/*') ? undefined : first;
}

/** The value of a Content-Type in headers of an answer. */
export function contentTypeOf(headers: readonly string[]): string | undefined {
  for (let i = 0; i < headers.length; i += 2) if ((headers[i] as string).toLowerCase() === TYPE) return headers[i + 1];
  return undefined;
}

const TYPE = 'content-type';
