import type { JsonValue } from '@gatehouse/json-path';
import { Template, type TemplateBindings, TemplateOverrides } from './index.js';
import { DEFAULT_LIMITS, type RenderLimits } from './limits.js';

/** What a spec says of a request; everything else is empty. */
export interface Given {
  body?: string;
  path?: Record<string, string>;
  querystring?: Record<string, string>;
  header?: Record<string, string>;
  /** By full name: `identity.sourceIp`. */
  context?: Record<string, JsonValue>;
  stageVariables?: Record<string, string>;
  overrides?: TemplateOverrides;
}

export function bindingsOf(given: Given = {}): TemplateBindings {
  const context = new Map(Object.entries(given.context ?? {}));
  return {
    body: given.body ?? '',
    params: {
      path: new Map(Object.entries(given.path ?? {})),
      querystring: new Map(Object.entries(given.querystring ?? {})),
      header: new Map(Object.entries(given.header ?? {})),
    },
    context: {
      value: (name) => context.get(name),
      members: (group) => {
        const prefix = group === '' ? '' : `${group}.`;
        return [...context]
          .filter(([name]) => name.startsWith(prefix) && !name.slice(prefix.length).includes('.'))
          .map(([name, value]) => [name.slice(prefix.length), value] as const);
      },
    },
    stageVariables: new Map(Object.entries(given.stageVariables ?? {})),
    overrides: given.overrides ?? new TemplateOverrides(),
  };
}

export function render(template: string, given: Given = {}, limits: Partial<RenderLimits> = {}): string {
  return new Template(template).render(bindingsOf(given), { ...DEFAULT_LIMITS, ...limits });
}
