import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash } from './canonical-json.js';
import type { DeploymentSnapshot, DomainSnapshot, StageSnapshot } from './documents.js';
import { RefusedDocument, parseRef, readDocument, refName, writeDocument, type Document } from './envelope.js';
import { dataPlaneKey, deriveDataPlaneSecret } from './keys.js';

const key = dataPlaneKey(deriveDataPlaneSecret(Buffer.alloc(32, 1)));
const other = dataPlaneKey(deriveDataPlaneSecret(Buffer.alloc(32, 2)));
const scope = { accountId: '123456789012', region: 'us-east-1' };
const body: StageSnapshot = {
  apiId: 'abcdefghij',
  stageName: 'prod',
  deploymentId: 'dep001',
  deploymentHash: 'ff',
  variables: [['constructor', 'x']],
  methodSettings: [{ path: '*', httpMethod: '*', metricsEnabled: false, throttle: { rateLimit: 0.5, burstLimit: 1 } }],
};
const stage: Document<'stage'> = { ...scope, kind: 'stage', key: 'abcdefghij/prod', revision: 7, body };

/** Changes one member of a written document and signs nothing again. */
function tamper(change: (wire: Record<string, unknown>) => void): string {
  const wire = JSON.parse(writeDocument(key, stage)) as Record<string, unknown>;
  change(wire);
  return JSON.stringify(wire);
}

/** A document signed with the right key whose body is `wrong`. */
const signed = (wrong: unknown) => writeDocument(key, { ...stage, body: wrong as StageSnapshot });

describe('readDocument', () => {
  it('gives back what was written', () => {
    expect(readDocument([other, key], stage, writeDocument(key, stage))).toEqual(stage);
  });

  it('gives back a tombstone', () => {
    const tombstone = { ...stage, revision: 8, body: null };
    expect(readDocument([key], stage, writeDocument(key, tombstone))).toEqual(tombstone);
  });

  it.each([
    ['an unknown signer', writeDocument(other, stage), /unknown key/],
    ['another revision', tamper((wire) => (wire.revision = 8)), /MAC/],
    ['a changed body', tamper((wire) => (wire.body = (wire.body as string).replace('prod', 'beta'))), /MAC/],
    ['a body taken away', tamper((wire) => (wire.body = null)), /MAC/],
    ['a newer schema version', tamper((wire) => (wire.schemaVersion = 9)), /MAC/],
    ['no JSON', '{', /not JSON/],
    ['null', 'null', /not a document/],
    ['an unknown member', signed({ ...body, dog: {} }), /body\.dog is not known/],
    ['a missing member', signed({ ...body, variables: undefined }), /body\.variables is missing/],
    ['a member of another type', signed({ ...body, variables: [['a', 1]] }), /body\.variables\[0\]\[1\] is not a string/],
  ])('refuses %s', (_, text, reason) => {
    expect(() => readDocument([key], stage, text)).toThrow(RefusedDocument);
    expect(() => readDocument([key], stage, text)).toThrow(reason);
  });

  it.each([
    ['a line feed between two members', (text: string) => text.replace(',"revision"', ',\n"revision"')],
    ['a blank at its end', (text: string) => `${text} `],
    ['a second name', (text: string) => text.replace('{', '{"name":"stage a/b/x",')],
    ['a member of its own', (text: string) => text.replace(/}$/, ',"more":1}')],
    ['its members in another order', (text: string) => text.replace(/^{("name":"[^"]*"),(.*)}$/, '{$2,$1}')],
    ['a name that is written in another way', (text: string) => text.replace('prod', '\\u0070rod')],
  ])('security class: the gateway as a way to its own internals: refuses a signed document with %s', (_, rewrite) => {
    const text = writeDocument(key, stage);
    expect(rewrite(text)).not.toBe(text);
    expect(() => readDocument([key], stage, rewrite(text))).toThrow(
      new RefusedDocument(refName(stage), 'it is not written as Gatehouse writes it'),
    );
  });

  it('refuses a document that was moved to another name', () => {
    expect(() => readDocument([key], { ...stage, key: 'abcdefghij/beta' }, writeDocument(key, stage))).toThrow(/it is named/);
  });

  it('refuses a deployment whose content is not what its name says', () => {
    const content: DeploymentSnapshot = {
      protocol: 'REST',
      apiId: 'a',
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      routes: [],
    };
    const deployment: Document<'deployment'> = {
      ...scope,
      kind: 'deployment',
      key: contentHash(canonicalJson(content)),
      revision: 0,
      body: content,
    };
    expect(readDocument([key], deployment, writeDocument(key, deployment))).toEqual(deployment);
    const renamed = { ...deployment, key: '00' };
    expect(() => readDocument([key], renamed, writeDocument(key, renamed))).toThrow(/hash/);
  });

  it('reads domain names with wildcards and ids, and nothing in them that it does not know', () => {
    const basePath = { basePath: '', protocol: 'REST' as const, apiId: 'abcdefghij', stage: null };
    const content: DomainSnapshot = {
      domainName: '*.example.com',
      certificateArn: null,
      basePaths: [basePath, { ...basePath, basePath: 'pets', stage: 'prod' }],
      denied: [],
    };
    const domain: Document<'domain'> = { ...scope, kind: 'domain', key: '*.example.com+abc123', revision: 1, body: content };
    expect(parseRef(refName(domain))).toEqual({ ...scope, kind: 'domain', key: '*.example.com+abc123' });
    expect(readDocument([key], domain, writeDocument(key, domain))).toEqual(domain);
    const wrong = (changes: object) => () =>
      readDocument([key], domain, writeDocument(key, { ...domain, body: { ...content, ...changes } }));
    expect(wrong({ truststore: 's3://b/k' })).toThrow(/body\.truststore is not known/);
    expect(wrong({ denied: undefined })).toThrow(/body\.denied is missing/);
    expect(wrong({ basePaths: [{ ...basePath, protocol: 'HTTP' }] })).toThrow(/body\.basePaths\[0\]\.protocol/);
    expect(wrong({ basePaths: [{ ...basePath, rule: 1 }] })).toThrow(/rule is not known/);
  });
});

describe('parseRef', () => {
  it('reads what refName wrote', () =>
    expect(parseRef(refName(stage))).toEqual({ ...scope, kind: 'stage', key: 'abcdefghij/prod' }));
  it.each(['firewall a/b/c', 'constructor a/b/c', 'stage a/b', ''])('refuses %j', (name) =>
    expect(() => parseRef(name)).toThrow(RefusedDocument),
  );
});
