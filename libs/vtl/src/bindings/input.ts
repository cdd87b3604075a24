import {
  compileJsonPath,
  JsonPathEvaluationError,
  JsonPathSyntaxError,
  JsonSyntaxError,
  parseJson,
  type JsonPath,
} from '@gatehouse/json-path';
import { ABSENT } from '../java/absent.js';
import { JavaException } from '../java/java-exception.js';
import { VtlObject, type VtlMap, type VtlValue } from '../java/value.js';
import type { Run } from '../run/run.js';
import type { NamedTexts, TemplateBindings } from './bindings.js';
import { TemplateBodyError } from './body-error.js';

/** Paths that are kept: nearly all are written in templates, and so are the same every time. */
const MOST_KEPT = 1000;
const kept = new Map<string, JsonPath>();
/** Steps of a path that may look at many values. */
const WIDE_PATH = 1000;

/** `$input` */
export class InputObject extends VtlObject {
  readonly javaClass = 'Input';
  private document: VtlValue | undefined;

  constructor(private readonly bindings: TemplateBindings) {
    super();
  }

  override property(name: string): VtlValue | undefined {
    // Source: recorded on AWS.
    return name === 'body' ? this.bindings.body || '{}' : undefined;
  }

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    const [arg] = args;
    if (name === 'params') return this.params(args);
    if (args.length !== 1 || typeof arg !== 'string') return undefined;
    if (name === 'path') return this.find(arg, run) ?? ABSENT;
    if (name !== 'json') return undefined;
    const found = this.find(arg, run);
    return found === undefined ? '""' : run.json(found);
  }

  private find(path: string, run: Run): VtlValue | undefined {
    this.document ??= this.parsed(run);
    try {
      const compiled = pathOf(path);
      run.step(compiled.isDefinite ? 8 : WIDE_PATH);
      // What templates put into the document is no JSON, and paths do not lead into it.
      return compiled.read(this.document as never);
    } catch (error) {
      if (!(error instanceof JsonPathSyntaxError || error instanceof JsonPathEvaluationError)) throw error;
      throw new JavaException(this.javaClass, `com.jayway.jsonpath.InvalidPathException: ${error.message}`);
    }
  }

  private parsed(run: Run): VtlValue {
    const { body } = this.bindings;
    if (body.trim() === '') return new Map();
    run.step(body.length >> 6);
    try {
      return parseJson(body);
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      throw new TemplateBodyError(`Could not parse request body into json: ${error.message}`);
    }
  }

  private params(args: readonly VtlValue[]): VtlValue | undefined {
    const { path, querystring, header } = this.bindings.params;
    const [name] = args;
    if (args.length === 0) {
      return new Map<VtlValue, VtlValue>([
        ['path', mapOf(path)],
        ['querystring', mapOf(querystring)],
        ['header', mapOf(header)],
      ]);
    }
    if (args.length > 1 || typeof name !== 'string') return undefined;
    return path.get(name) ?? querystring.get(name) ?? header.get(name) ?? '';
  }

  print(): string {
    return '$input';
  }
}

export function mapOf(texts: NamedTexts): VtlMap {
  return new Map<VtlValue, VtlValue>(texts.entries());
}

function pathOf(text: string): JsonPath {
  const known = kept.get(text);
  if (known !== undefined) return known;
  // A copy: a text that was cut out of a body would keep all of it.
  const own = Buffer.from(text).toString();
  const path = compileJsonPath(own);
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(own, path);
  return path;
}
