import type { RequiredParameter } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { missingParameters } from '../gateway-response/gateway-error.js';
import { utf8Bytes, type ByteText } from '../http/byte-text.js';
import { headerInfo } from '../http/header-info.js';
import type { StepFactory } from '../rest-pipeline.js';

/** Anything but blanks. */
const NOT_BLANK = /[^\t\n\v\f\r ]/;

/** Required parameters must be there, and not blank; of several values the last counts, which is the one that mappings take. Source: recorded behaviour of AWS. */
export const requestParameters: StepFactory = ({ validation }) => {
  if (validation?.parameters === undefined) return null;
  const required = validation.parameters.map((parameter) => ({ name: parameter.name, valueIn: lastValue(parameter) }));
  return (exchange) => {
    let missing: string[] | null = null;
    for (const { name, valueIn } of required) {
      const value = valueIn(exchange);
      if (value === undefined || !NOT_BLANK.test(value)) (missing ??= []).push(name);
    }
    return missing === null ? undefined : missingParameters(missing);
  };
};

function lastValue({ in: place, name }: RequiredParameter): (exchange: Exchange) => ByteText | undefined {
  switch (place) {
    case 'header':
      return headerInfo(name).droppedOnArrival ? () => undefined : ({ headers }) => lastHeader(headers.raw, name);
    case 'querystring': {
      const bytes = utf8Bytes(name);
      return ({ query }) => query.findLast(([given]) => given === bytes)?.[1];
    }
    default:
      return place satisfies never;
  }
}

/** Names are compared by case, as on AWS; but HTTP/2, and proxies that speak it, know lower case only, which nobody could tell from a client's own. */
function lastHeader(raw: readonly string[], name: string): ByteText | undefined {
  const lower = name.toLowerCase();
  for (let at = raw.length - 2; at >= 0; at -= 2) if (raw[at] === name || raw[at] === lower) return raw[at + 1];
  return undefined;
}
