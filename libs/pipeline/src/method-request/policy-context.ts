import type { RequestContext } from '@gatehouse/iam-policy';
import type { Exchange } from '../exchange.js';
import { USER_AGENT } from '../http/header-info.js';
import { textOf } from '../http/byte-text.js';

/** The condition keys that every request has, whoever sent it, and those of whoever signed it. Source: AWS, "AWS condition keys that can be used in API Gateway resource policies". */
export class PolicyContext implements RequestContext {
  constructor(private readonly exchange: Exchange) {}

  get(key: string): string | undefined {
    const { request, headers, arrivedAt, caller } = this.exchange;
    switch (key) {
      case 'aws:sourceip':
        return request.remoteAddress;
      case 'aws:useragent':
        return text(headers.first(USER_AGENT));
      case 'aws:referer':
        return text(firstOf(this.exchange, 'referer'));
      case 'aws:securetransport':
        return String(request.secure);
      case 'aws:currenttime':
        return new Date(arrivedAt).toISOString();
      case 'aws:epochtime':
        return String(Math.floor(arrivedAt / 1000));
      case 'aws:principalarn':
        return caller?.userArn;
      case 'aws:principalaccount':
        return caller?.accountId;
      case 'aws:principaltype':
        return caller === null ? undefined : 'User';
      case 'aws:userid':
        return caller?.user;
      case 'aws:username':
        return caller?.userArn.replace(/^.*\//, '');
      default:
        return undefined;
    }
  }
}

function text(bytes: string | undefined): string | undefined {
  return bytes === undefined ? undefined : textOf(bytes);
}

function firstOf({ headers }: Exchange, lowerName: string): string | undefined {
  const place = headers.infos.findIndex(({ lower }) => lower === lowerName);
  return place < 0 ? undefined : headers.raw[2 * place + 1];
}
