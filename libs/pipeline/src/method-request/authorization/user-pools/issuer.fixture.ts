import { httpBackend, type HttpBackend } from '@gatehouse/testing';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** Seconds since 1970. */
export const now = () => Math.floor(Date.now() / 1000);

export const POOL = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbC';

/** A key of an issuer, with what it publishes of it. */
export interface IssuerKey {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

export async function issuerKey(kid: string, alg = 'RS256', published: Partial<JWK> = {}): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig', ...published } };
}

/** Something on this machine that issues tokens. */
export class TestIssuer {
  keys: IssuerKey[] = [];
  /** In place of what it publishes. */
  published: object | string | null = null;
  /** It tells where its keys are; else they are where user pools have them. */
  discovery: object | null = null;
  status = 200;

  private constructor(private readonly backend: HttpBackend) {}

  static async start(): Promise<TestIssuer> {
    // The server answers by what it belongs to, which is there before anybody asks.
    const holder: { issuer?: TestIssuer } = {};
    const backend = await httpBackend((response, { url }) => {
      const { issuer } = holder;
      if (!issuer || issuer.status !== 200) return response.writeHead(issuer?.status ?? 500).end();
      if (url.endsWith('openid-configuration')) {
        return issuer.discovery ? response.end(JSON.stringify(issuer.discovery)) : response.writeHead(404).end();
      }
      const set = issuer.published ?? { keys: issuer.keys.map(({ jwk }) => jwk) };
      return response.end(typeof set === 'string' ? set : JSON.stringify(set));
    });
    holder.issuer = new TestIssuer(backend);
    return holder.issuer;
  }

  get url(): string {
    return `${this.backend.url}/pool`;
  }

  /** Paths that were asked for. */
  get asked(): string[] {
    return this.backend.received.map(({ url }) => url);
  }

  /** How often it was asked for its keys. */
  get fetches(): number {
    return this.asked.filter((url) => !url.endsWith('openid-configuration')).length;
  }

  /** A token signed by a key, the first where none is named; an identity token that is good for an hour where claims say nothing else. */
  async token(claims: object = {}, key = this.keys[0] as IssuerKey, header: object = {}): Promise<string> {
    const all = { iss: this.url, sub: 'me', token_use: 'id', aud: 'client01', iat: now(), exp: now() + 3600, ...claims };
    return new SignJWT(all).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
  }

  close(): Promise<void> {
    return this.backend.close();
  }
}
