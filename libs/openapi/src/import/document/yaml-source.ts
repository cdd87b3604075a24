import { shown } from '@gatehouse/aws-wire';
import {
  Composer,
  Lexer,
  LineCounter,
  Parser,
  type CST,
  type Document,
  type Node,
  isCollection,
  isMap,
  isPair,
  isScalar,
} from 'yaml';
import { invalidInput, notOpenApi } from './refusal.js';
import { KeyTree, type KeyNode } from './key-tree.js';
import { MAXIMUM_DEPTH, type Source } from './source.js';
import { keyText } from './yaml-key.js';
import { YamlValues } from './yaml-values.js';

/** Marks and texts that the parser keeps; each takes some hundred bytes. 6 MB of an API's YAML have 1.7 million. */
const MAXIMUM_LEXEMES = 2_500_000;

/**
 * Reads YAML 1.2, and merge keys of 1.1. Throws `BadRequestException` with the line of what is wrong: what is no YAML, names that occur
 * twice in one map, tags of other programs, aliases that stand for far more than the text holds, and
 * texts of so many values that they would not fit in memory.
 */
export function readYaml(text: string): Source {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line || 1;
  const refuse = (offset: number, reason: string) => invalidInput({ pointer: '', line: lineAt(offset) }, reason);

  const tokens = tokensOf(text, lines, refuse);
  refuseDeepNesting(tokens, refuse);
  const documents = [...new Composer({ uniqueKeys: false, prettyErrors: false }).compose(tokens, false, text.length)];
  const [document, second] = documents;
  if (!document) throw notOpenApi();
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw refuse(fault.pos[0], shown(fault.message));
  if (second) throw refuse(second.range[0], 'there must be one document');

  return {
    value: new YamlValues(refuse).valueOf(document.contents),
    linesOf: (places) => {
      const tree = new KeyTree(places);
      tree.root.offset = (document.contents as Node | null)?.range?.[0] ?? 0;
      find(document.contents, tree.root);
      return tree.offsets().map(lineAt);
    },
    numberText: (keys) => {
      const node = lookUp(document, keys);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

type Refuse = (offset: number, reason: string) => Error;

/** The documents of the text and what stands between them, as trees of tokens. */
function tokensOf(text: string, lines: LineCounter, refuse: Refuse): CST.Token[] {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MAXIMUM_LEXEMES) throw refuse(parser.offset, 'the document has too many values');
    tokens.push(...parser.next(lexeme));
  }
  tokens.push(...parser.end());
  return tokens;
}

/** The composer recurses; so its tokens are walked through first, without recursion. */
function refuseDeepNesting(tokens: readonly CST.Token[], refuse: Refuse): void {
  let level = tokens.flatMap((token) => (token.type === 'document' && token.value ? [token.value] : []));
  for (let depth = 0; level.length > 0; depth++) {
    const inner: CST.Token[] = [];
    for (const token of level) {
      if (!('items' in token)) continue;
      if (depth >= MAXIMUM_DEPTH) throw refuse(token.offset, 'nested too deeply');
      for (const { key, value } of token.items) {
        if (key && 'items' in key) inner.push(key);
        if (value && 'items' in value) inner.push(value);
      }
    }
    level = inner;
  }
}

/** Gives the keys that are looked for their offsets: for a member, that of its name. What an alias stands for is not looked through. */
function find(node: unknown, wanted: KeyNode): void {
  if (wanted.inner.size === 0 || !isCollection(node)) return;
  for (const [index, item] of node.items.entries()) {
    const inner = wanted.inner.get(isMap(node) ? nameOf(item) : String(index));
    if (!inner) continue;
    const begin = (isPair(item) ? item.key : item) as Node | null;
    inner.offset = begin?.range?.[0] ?? wanted.offset;
    find(isPair(item) ? item.value : item, inner);
  }
}

/** What the keys lead to. */
function lookUp(document: Document, keys: readonly string[]): unknown {
  let node: unknown = document.contents;
  for (const key of keys) {
    if (!isCollection(node)) return undefined;
    const item: unknown = isMap(node) ? node.items.find((pair) => nameOf(pair) === key) : node.items[Number(key)];
    node = isPair(item) ? item.value : item;
  }
  return node;
}

/** Names occur once in a map. */
const nameOf = (item: unknown) => (isPair(item) && isScalar(item.key) ? keyText(item.key) : '');
