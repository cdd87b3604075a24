import type { NamedTexts, TemplateBindings, TemplateOverrides } from '@gatehouse/vtl';
import { contextMembers, contextVariable } from '../context-variables.js';
import type { Exchange } from '../exchange.js';
import { textOf, utf8Bytes } from '../http/byte-text.js';

const NOTHING: NamedTexts = new Map();

/** What a template sees of a request, taken from where it is when the template asks for it. */
export function bindingsOf(exchange: Exchange, overrides: TemplateOverrides, body: string): TemplateBindings {
  return {
    body,
    params: { path: new PathTexts(exchange), querystring: new QueryTexts(exchange), header: new HeaderTexts(exchange) },
    context: {
      value(name) {
        const value = contextVariable(name)?.(exchange);
        return value === undefined ? undefined : textOf(value);
      },
      members: (group) => contextMembers(exchange, group),
    },
    stageVariables: exchange.stage === null ? NOTHING : new StageTexts(exchange.stage.variables),
    overrides,
  };
}

/** Values are as they came, percent-encoded. Source: recorded behaviour of AWS. */
class PathTexts implements NamedTexts {
  constructor(private readonly exchange: Exchange) {}

  get(name: string): string | undefined {
    const { route, pathValues } = this.exchange;
    const place = route === null ? -1 : route.parameterNames.indexOf(name);
    return place < 0 ? undefined : pathValues[place];
  }
  *entries(): Iterable<readonly [string, string]> {
    const { route, pathValues } = this.exchange;
    if (route === null) return;
    for (const [place, name] of route.parameterNames.entries()) yield [name, pathValues[place] ?? ''];
  }
}

/** Of a parameter that came several times the last value. Source: recorded behaviour of AWS. */
class QueryTexts implements NamedTexts {
  constructor(private readonly exchange: Exchange) {}

  get(name: string): string | undefined {
    const bytes = utf8Bytes(name);
    const found = this.exchange.query.findLast(([given]) => given === bytes);
    return found && textOf(found[1]);
  }
  entries(): Iterable<readonly [string, string]> {
    return new Map(this.exchange.query.map(([name, value]) => [textOf(name), textOf(value)] as const));
  }
}

/** Under their names as the client wrote them; of one that came several times the last value. What is dropped on arrival is not there. */
class HeaderTexts implements NamedTexts {
  constructor(private readonly exchange: Exchange) {}

  get(name: string): string | undefined {
    const { raw, infos } = this.exchange.headers;
    for (let at = infos.length - 1; at >= 0; at--) {
      if (raw[2 * at] === name && infos[at]?.droppedOnArrival === false) return textOf(raw[2 * at + 1] as string);
    }
    return undefined;
  }
  entries(): Iterable<readonly [string, string]> {
    const { raw, infos } = this.exchange.headers;
    const all = new Map<string, string>();
    for (const [at, info] of infos.entries()) {
      if (!info.droppedOnArrival) all.set(info.name, textOf(raw[2 * at + 1] as string));
    }
    return all;
  }
}

class StageTexts implements NamedTexts {
  constructor(private readonly variables: ReadonlyMap<string, string>) {}

  get(name: string): string | undefined {
    const value = this.variables.get(name);
    return value === undefined ? undefined : textOf(value);
  }
  *entries(): Iterable<readonly [string, string]> {
    for (const [name, value] of this.variables) yield [name, textOf(value)];
  }
}
