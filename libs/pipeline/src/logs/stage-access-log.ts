import type { AccessLogSnapshot } from '@gatehouse/snapshot';
import { accessLogVariable } from '../context-variables.js';
import type { Exchange } from '../exchange.js';
import type { ByteText } from '../http/byte-text.js';
import { splitReferences } from '../variable-text.js';
import { asciiJson, jsonText, xmlText } from './log-text.js';

/** Stands for a variable that a request does not have. Source: AWS's guide. */
const ABSENT = '-';
/** Characters of one value. */
const LONGEST_VALUE = 2048;
/** Characters of a line: what CloudWatch Logs takes for one event. */
const LONGEST_LINE = 262_144;

type Part = (exchange: Exchange) => string;

/**
 * The access log of a stage: where its lines go, and its format, compiled once. A value can end neither the line nor what it stands in: in a format of XML (which begins
 * with `<`) it is written as text of that, in all others as JSON writes it between quotes.
 */
export class StageAccessLog {
  /** A canary release has a log group of its own. Source: AWS, "Set up an API Gateway canary release deployment". */
  readonly logGroup: string;
  private readonly pieces: readonly (ByteText | Part)[];

  constructor({ logGroup, format }: AccessLogSnapshot, isCanary: boolean) {
    this.logGroup = isCanary ? `${logGroup}/Canary` : logGroup;
    const plain = format.replace(/[\r\n]+$/, '').replace(/[\x00-\x1f\x7f]/g, ' ');
    const isXml = plain.trimStart().startsWith('<');
    this.pieces = splitReferences<Part>(plain, (reference) => {
      if (!reference.startsWith('context.')) return undefined;
      const name = reference.slice('context.'.length);
      const variable = accessLogVariable(name) ?? (() => undefined);
      const written = isXml ? inXml : name === 'error.messageString' ? asciiMessage : inQuotes;
      return (exchange) => {
        const value = variable(exchange);
        return value === undefined ? ABSENT : written(value);
      };
    });
  }

  /** The line about one request, when its connection is done with it; without a line end, one character a byte. */
  line(exchange: Exchange): string {
    let line = '';
    for (const piece of this.pieces) line += typeof piece === 'string' ? piece : piece(exchange);
    return line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line;
  }
}

const inXml = (value: ByteText) => xmlText(shortened(value));
const inQuotes = (value: ByteText) => jsonText(shortened(value));

/** The one variable whose value brings its own quotes, and so is JSON already. */
function asciiMessage(value: ByteText): string {
  return asciiJson(Buffer.from(value, 'latin1').toString('utf8'));
}

function shortened(value: ByteText): ByteText {
  return value.length > LONGEST_VALUE ? value.slice(0, LONGEST_VALUE) : value;
}
