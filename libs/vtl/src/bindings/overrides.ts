import { elementsOf } from '../java/collections.js';
import type { VtlMap, VtlValue } from '../java/value.js';
import type { Run } from '../run/run.js';

/** Texts by name; a name that was given a list has several. */
export type OverriddenTexts = ReadonlyMap<string, readonly string[]>;

const NONE: OverriddenTexts = new Map();

/**
 * `$context.requestOverride` and `$context.responseOverride` of one request: what templates set there, to be applied when they have run.
 * Names are as templates write them. What is there before any rendering is nothing.
 */
export class TemplateOverrides {
  requestHeaders = NONE;
  requestPath = NONE;
  requestQuery = NONE;
  responseHeaders = NONE;
  /** 100 to 599; null where no template set one, or something else. */
  responseStatus: number | null = null;

  private requestMap: VtlMap | null = null;
  private responseMap: VtlMap | null = null;

  /** `$context.requestOverride` */
  get request(): VtlMap {
    return (this.requestMap ??= new Map<VtlValue, VtlValue>([
      ['header', new Map()],
      ['path', new Map()],
      ['querystring', new Map()],
    ]));
  }

  /** `$context.responseOverride` */
  get response(): VtlMap {
    return (this.responseMap ??= new Map<VtlValue, VtlValue>([['header', new Map()]]));
  }

  /** Takes over what a template has set. */
  settle(run: Run): void {
    if (this.requestMap !== null) {
      this.requestHeaders = texts(this.requestMap.get('header'), run);
      this.requestPath = texts(this.requestMap.get('path'), run);
      this.requestQuery = texts(this.requestMap.get('querystring'), run);
    }
    if (this.responseMap !== null) {
      this.responseHeaders = texts(this.responseMap.get('header'), run);
      this.responseStatus = statusOf(this.responseMap.get('status') ?? null);
    }
  }
}

function texts(value: VtlValue | undefined, run: Run): OverriddenTexts {
  if (!(value instanceof Map) || value.size === 0) return NONE;
  const all = new Map<string, readonly string[]>();
  for (const [name, given] of value) {
    if (given !== null)
      all.set(
        run.textOf(name),
        (elementsOf(given) ?? [given]).map((one) => run.textOf(one)),
      );
  }
  return all;
}

function statusOf(value: VtlValue): number | null {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && status >= 100 && status <= 599 ? status : null;
}
