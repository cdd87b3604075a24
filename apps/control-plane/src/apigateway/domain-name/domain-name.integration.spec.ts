import type { CreateDomainNameRequest, DomainName } from '@gatehouse/admin-contract/apigateway';
import { certificateArn } from '@gatehouse/aws-wire';
import { createDatabase, issueCertificate, type IssuedCertificate, type TestDatabase } from '@gatehouse/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Domains } from './domains.fixture.js';
import { readDomains } from './load-domain-documents.js';

let server: TestDatabase;
/** Refuses what gateways cannot enforce. */
let refusing: Domains;
/** Takes it, and has it denied. */
let denying: Domains;

beforeAll(async () => {
  server = await createDatabase();
  [refusing, denying] = [await Domains.open(server.url), await Domains.open(server.url, 'deny')];
});
afterAll(async () => {
  await Promise.all([refusing?.serving.close(), denying?.serving.close()]);
  await server?.drop();
});

interface Operation {
  op: 'add' | 'remove' | 'replace';
  path: string;
  value?: string;
}

let names = 0;
const newName = () => `api${++names}.example.com`;
const create = (domainName: string, input: Partial<CreateDomainNameRequest> = {}, call = testCall(), domains = refusing) =>
  domains.domainNames.createDomainName(call, { domainName, ...input });
const deny = (domainName: string, input: Partial<CreateDomainNameRequest> = {}) => create(domainName, input, testCall(), denying);
const update = (domainName: string, ...patchOperations: Operation[]) =>
  refusing.domainNames.updateDomainName(testCall(), { domainName, patchOperations });
const replace = (path: string, value?: string): Operation => ({ op: 'replace', path, ...(value === undefined ? {} : { value }) });
const get = (domainName: string, domainNameId?: string) =>
  refusing.domainNames.getDomainName(testCall(), { domainName, ...(domainNameId ? { domainNameId } : {}) });
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
const material = ({ certificate, privateKey }: IssuedCertificate) => ({
  certificateBody: certificate,
  certificatePrivateKey: privateKey,
});
const wildcard = issueCertificate({ domainNames: ['*.example.com'] });

async function imported(issued = wildcard, call = testCall()): Promise<string> {
  const { certificateId } = await refusing.certificates.import(call, material(issued));
  return certificateArn(call.scope, certificateId);
}
const regional = { types: ['REGIONAL' as const] };
const secret = { types: ['PRIVATE' as const] };
const unknownArn = certificateArn({ accountId: '123456789012', region: 'us-east-1' }, randomUUID());
const NOT_FOUND = 'NotFoundException: Invalid domain name identifier specified';
const cannot = (domainName: string, settings: string) =>
  `BadRequestException: The gateways cannot enforce these settings yet: domain ${domainName}: ${settings}`;

describe('CreateDomainName', () => {
  it('answers an edge domain with defaults, and publishes it', async () => {
    const [name, arn, call] = [newName(), await imported(), testCall()];
    expect(wire(await create(name, { certificateArn: arn, certificateName: 'mine' }, call))).toEqual({
      domainName: name,
      domainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${name}`,
      certificateName: 'mine',
      certificateArn: arn,
      certificateUploadDate: expect.any(String),
      distributionDomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/),
      distributionHostedZoneId: 'Z2FDTNDATAQYW2',
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      domainNameStatus: 'AVAILABLE',
      securityPolicy: 'TLS_1_2',
      routingMode: 'BASE_PATH_MAPPING_ONLY',
    });
    expect(await refusing.serving.published(call)).toEqual([`domain ${name}`]);
    expect(await refusing.document(name)).toEqual({ domainName: name, certificateArn: arn, basePaths: [], denied: [] });
  });

  it('answers a regional domain with its target', async () => {
    const [name, arn, call] = [newName(), await imported(), testCall({ accountId: '123456789012', region: 'eu-west-1' })];
    const answer = wire(
      await create(name, { regionalCertificateArn: arn, endpointConfiguration: regional, tags: { a: 'b' } }, call),
    );
    expect(answer).toEqual({
      domainName: name,
      domainNameArn: `arn:aws:apigateway:eu-west-1::/domainnames/${name}`,
      regionalCertificateArn: arn,
      regionalDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/),
      regionalHostedZoneId: 'ZLY8HYME6SFDD',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      domainNameStatus: 'AVAILABLE',
      securityPolicy: 'TLS_1_2',
      routingMode: 'BASE_PATH_MAPPING_ONLY',
      tags: { a: 'b' },
    });
    expect(wire(await refusing.domainNames.getDomainName(call, { domainName: name }))).toEqual(answer);
    expect(await refusal(get(name))).toBe(NOT_FOUND);
  });

  it('takes names in any case, and wildcards', async () => {
    expect((await create('MiXed.Example.COM')).domainName).toBe('mixed.example.com');
    expect((await get('MIXED.example.com')).domainName).toBe('mixed.example.com');
    await create('kept.example.com');
    expect(await refusal(get('\u212Aept.example.com'))).toBe(NOT_FOUND);
    expect((await create('*.wild.example.com')).domainName).toBe('*.wild.example.com');
    expect(await refusing.document('*.wild.example.com')).toMatchObject({ domainName: '*.wild.example.com' });
  });

  it.each([
    '',
    'localhost',
    '*',
    'a.*.example.com',
    'a*.example.com',
    '-a.example.com',
    'a..example.com',
    'a.example.com.',
    'a.example.com:443',
    'a_b.example.com/x',
    'ä.example.com',
    // Their letters would be others in lower case: KELVIN SIGN, and I with a dot above.
    '\u212Aelvin.example.com',
    '\u0130.example.com',
    '127.0.0.1',
    '*.0.0.1',
    '[::1]',
    'a+b.example.com',
    `${'a'.repeat(64)}.example.com`,
    `${'a.'.repeat(125)}example.com`,
  ])('refuses %j', async (name) => {
    expect(await refusal(create(name))).toBe(`BadRequestException: Invalid domain name specified: ${name}`);
  });

  it.each([
    'abcdefghij.execute-api.us-east-1.amazonaws.com',
    'x.EXECUTE-API.localhost',
    '*.execute-api.us-east-1.localhost',
    'a.execute-api',
  ])('refuses %s, which execute-api endpoints have', async (name) => {
    expect(await refusal(create(name))).toBe(
      `BadRequestException: Invalid domain name specified: ${name.toLowerCase()} is an address of execute-api endpoints`,
    );
  });

  it('is refused for a name that there is, also in another region, and by one of several at once', async () => {
    const name = newName();
    await create(name);
    const exists = 'ConflictException: The domain name you provided already exists.';
    expect(await refusal(create(name.toUpperCase()))).toBe(exists);
    for (const scope of [
      { accountId: '123456789012', region: 'eu-west-1' },
      { accountId: '999999999999', region: 'us-east-1' },
    ]) {
      expect(await refusal(create(name, {}, testCall(scope)))).toBe(exists);
    }
    const other = newName();
    const answers = await Promise.all([1, 2, 3].map(() => refusal(create(other))));
    expect(answers.sort()).toEqual([exists, exists, 'no error']);
  });

  describe('beside names of others', () => {
    const exists = 'ConflictException: The domain name you provided already exists.';
    const elsewhere = [
      { accountId: '123456789012', region: 'eu-west-1' },
      { accountId: '999999999999', region: 'us-east-1' },
    ];

    it('is refused where a wildcard of another account or region has the name, and for a wildcard that would have one of theirs', async () => {
      await create('*.corp.test');
      await create('a.b.test');
      await create('a.x_y.test');
      for (const scope of elsewhere) {
        const other = (name: string) => refusal(create(name, {}, testCall(scope)));
        expect(await other('Login.corp.test')).toBe(exists);
        expect(await other('*.b.test')).toBe(exists);
        // A wildcard stands for one label.
        expect(await other(`${scope.region}.${scope.accountId}.corp.test`)).toBe('no error');
        expect(await other(`*.${scope.region}.${scope.accountId}.corp.test`)).toBe('no error');
      }
      for (const name of ['corp.test', '*.test', 'x.a.b.test', '*.a.b.test', '*.xzy.test', 'b.b.test'])
        expect(await refusal(create(name, {}, testCall(elsewhere[0])))).toBe('no error');
      // The owner has both; so has everybody whom it leaves them.
      expect(await refusal(create('login.corp.test'))).toBe('no error');
      expect(await refusal(create('*.x_y.test'))).toBe('no error');
      for (const domainName of ['*.corp.test', 'login.corp.test'])
        await refusing.domainNames.deleteDomainName(testCall(), { domainName });
      expect(await refusal(create('login.corp.test', {}, testCall(elsewhere[0])))).toBe('no error');
    });

    it('takes no part in it as a private name', async () => {
      await deny('private.hidden.test', { endpointConfiguration: secret });
      await create('*.hidden.test', {}, testCall(elsewhere[0]));
      expect((await deny('private.hidden.test', { endpointConfiguration: secret })).domainNameId).toBeDefined();
    });

    it('is one of two that come at once', async () => {
      for (let round = 0; round < 10; round++) {
        const calls = elsewhere.map((scope) => testCall(scope));
        const answers = await Promise.all([
          refusal(create(`*.race${round}.test`, {}, calls[0])),
          refusal(create(`x.race${round}.test`, {}, calls[1])),
        ]);
        expect(answers.sort()).toEqual([exists, 'no error']);
      }
    });
  });

  it('checks the endpoint configuration', async () => {
    const refused = (endpointConfiguration: CreateDomainNameRequest['endpointConfiguration']) =>
      refusal(create(newName(), { endpointConfiguration }));
    expect(await refused({ types: ['EDGE', 'REGIONAL'] })).toBe(
      'BadRequestException: Cannot create a domain name with multiple Endpoint Types.',
    );
    expect(await refused({ types: [] })).toBe(
      'BadRequestException: REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.',
    );
    expect(await refused({ types: ['PRIVATE'], ipAddressType: 'ipv4' })).toBe(
      'BadRequestException: Only dualstack ipAddressType is supported for private domain names.',
    );
    expect(await refused({ vpcEndpointIds: ['vpce-1'] })).toBe(
      'BadRequestException: vpcEndpointIds cannot be specified for domain names.',
    );
    expect((await create(newName(), { endpointConfiguration: { ipAddressType: 'dualstack' } })).endpointConfiguration).toEqual({
      types: ['EDGE'],
      ipAddressType: 'dualstack',
    });
  });

  it('holds to the quota of custom domain names', async () => {
    const limited = await Domains.open(server.url, 'refuse', 'aws');
    const call = testCall({ accountId: '123456789012', region: 'ap-south-1' });
    await limited.serving.manager.query(
      `INSERT INTO domain_names (account_id, region, domain_name, domain_name_id, created_date, endpoint_configuration, security_policy, routing_mode, tags)
       SELECT '123456789012', 'ap-south-1', 'n' || n || '.example.org', '', now(), '{}', '', '', '{}' FROM generate_series(1, 119) n`,
    );
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => refusal(create(`last${n}.example.org`, {}, call, limited))));
    expect(answers.filter((answer) => answer === 'no error')).toHaveLength(1);
    expect(await refusal(create('one-more.example.org', {}, call, limited))).toBe(
      'LimitExceededException: Maximum number of custom domain names for this account has been reached.',
    );
    await limited.serving.close();
  });
});

describe('certificates of domain names', () => {
  it('are refused when they do not cover the name', async () => {
    const uncovered = 'BadRequestException: The domain name to be created is not covered by the provided certificate.';
    const arn = await imported(issueCertificate({ domainNames: ['example.com', '*.other.com'] }));
    expect(await refusal(create(newName(), { certificateArn: arn }))).toBe(uncovered);
    expect(await refusal(create(newName(), { regionalCertificateArn: arn, endpointConfiguration: regional }))).toBe(uncovered);
    expect(await refusal(create('a.b.other.com', { certificateArn: arn }))).toBe(uncovered);
    expect(await refusal(create('*.uncovered.com', { certificateArn: arn }))).toBe(uncovered);
    expect(await refusal(create(newName(), material(issueCertificate({ domainNames: ['x.com'] }))))).toBe(uncovered);
    expect((await create('*.other.com', { certificateArn: arn })).certificateArn).toBe(arn);
  });

  it('that were never imported are refused by name, and nothing is kept', async () => {
    const name = newName();
    for (const setting of ['certificateArn', 'regionalCertificateArn']) {
      for (const arn of [unknownArn, 'arn:aws:iam::123456789012:server-certificate/x']) {
        expect(await refusal(create(name, { [setting]: arn }))).toBe(
          cannot(name, `${setting} ${arn}, which names no certificate that was imported`),
        );
      }
    }
    expect(await refusal(get(name))).toBe(NOT_FOUND);
  });

  it('are named by ARNs of this partition', async () => {
    const name = newName();
    await create(name);
    for (const setting of ['certificateArn', 'regionalCertificateArn', 'ownershipVerificationCertificateArn']) {
      for (const arn of [unknownArn.replace('arn:aws:', 'arn:aws-cn:'), 'arn:aws:lambda:x', 'x']) {
        const invalid = `BadRequestException: Invalid certificate ARN: ${arn}`;
        expect(await refusal(create(newName(), { [setting]: arn }))).toBe(invalid);
        expect(await refusal(update(name, replace(`/${setting}`, arn)))).toBe(invalid);
      }
    }
  });

  it('of other accounts are not found; those of other regions are', async () => {
    const elsewhere = await imported(wildcard, testCall({ accountId: '123456789012', region: 'eu-west-1' }));
    expect((await create(newName(), { certificateArn: elsewhere })).certificateArn).toBe(elsewhere);
    const foreign = await imported(wildcard, testCall({ accountId: '999999999999', region: 'us-east-1' }));
    expect(await refusal(create(newName(), { certificateArn: foreign }))).toContain('names no certificate that was imported');
  });

  it('come along, are published and go with the domain name, which does not tell their ARNs', async () => {
    const [name, call] = [newName(), testCall()];
    const answer = await create(name, { certificateName: 'inline', ...material(wildcard) }, call);
    expect(answer).toMatchObject({ certificateName: 'inline', certificateUploadDate: expect.any(Date) as Date });
    expect(answer.certificateArn).toBeUndefined();
    const { certificateArn: arn } = (await refusing.document(name))!;
    const certificateId = arn!.split('/')[1]!;
    expect(await refusing.serving.published(call)).toEqual([`certificate ${certificateId}`, `domain ${name}`]);
    expect((await refusing.certificates.get(testCall(), certificateId)).privateKeySealed).not.toContain('PRIVATE KEY');
    expect(await refusal(refusing.certificates.delete(testCall(), certificateId))).toBe(
      `ConflictException: Certificate ${arn} is in use by the domain name ${name}`,
    );
    const deletion = testCall();
    await refusing.domainNames.deleteDomainName(deletion, { domainName: name });
    expect(await refusing.serving.published(deletion)).toEqual([`-certificate ${certificateId}`, `-domain ${name}`]);
    expect(await refusal(refusing.certificates.get(testCall(), certificateId))).toContain('NotFoundException');
  });

  it('that came along stay while another domain name uses them', async () => {
    const [first, second] = [newName(), newName()];
    await create(first, material(wildcard));
    const { certificateArn: arn } = (await refusing.document(first))!;
    await create(second, { certificateArn: arn! });
    const deletion = testCall();
    await refusing.domainNames.deleteDomainName(deletion, { domainName: first });
    expect(await refusing.serving.published(deletion)).toEqual([`-domain ${first}`]);
    expect(await refusing.document(second)).toMatchObject({ certificateArn: arn, denied: [] });
  });

  it('that came along go with the last domain name that uses them, in whatever region', async () => {
    for (const region of ['us-east-1', 'eu-west-1']) {
      const call = () => testCall({ accountId: '123456789012', region });
      const [first, second, third] = [newName(), newName(), newName()];
      await create(first, material(wildcard));
      const arn = (await refusing.document(first))!.certificateArn!;
      await create(second, { regionalCertificateArn: arn, endpointConfiguration: regional }, call());
      await create(third, { certificateArn: arn }, call());
      await refusing.domainNames.deleteDomainName(testCall(), { domainName: first });
      await refusing.domainNames.updateDomainName(call(), { domainName: third, patchOperations: [replace('/certificateArn')] });
      const certificateId = arn.split('/')[1]!;
      expect((await refusing.certificates.get(testCall(), certificateId)).certificateId).toBe(certificateId);
      await refusing.domainNames.deleteDomainName(call(), { domainName: second });
      expect(await refusal(refusing.certificates.get(testCall(), certificateId))).toContain('NotFoundException');
      expect(
        await refusing.serving.manager.query(
          `SELECT region, deleted FROM document_revisions WHERE kind = 'certificate' AND key = $1`,
          [certificateId],
        ),
      ).toEqual([{ region: 'us-east-1', deleted: true }]);
    }
  });

  it('that came along go when the last two domain names go at once', async () => {
    for (let round = 0; round < 5; round++) {
      const pair = [newName(), newName()] as const;
      await create(pair[0], material(wildcard));
      const arn = (await refusing.document(pair[0]))!.certificateArn!;
      await create(pair[1], { certificateArn: arn });
      const gone = pair.map((domainName) => refusal(refusing.domainNames.deleteDomainName(testCall(), { domainName })));
      expect(await Promise.all(gone)).toEqual(['no error', 'no error']);
      expect(await refusal(refusing.certificates.get(testCall(), arn.split('/')[1]!))).toContain('NotFoundException');
    }
  });

  it('that were imported stay when nothing uses them', async () => {
    const [name, arn] = [newName(), await imported()];
    await create(name, { certificateArn: arn });
    await refusing.domainNames.deleteDomainName(testCall(), { domainName: name });
    expect(await refusal(refusing.certificates.get(testCall(), arn.split('/')[1]!))).toBe('no error');
  });

  it('are not waited for in a circle by domain names that swap theirs, or take over that of one that goes', async () => {
    for (let round = 0; round < 10; round++) {
      const pair = [newName(), newName()] as const;
      const arns: string[] = [];
      for (const name of pair) {
        await create(name, material(wildcard));
        arns.push((await refusing.document(name))!.certificateArn!);
      }
      const swap = await Promise.all([
        refusal(update(pair[0], replace('/certificateArn', arns[1]))),
        refusal(update(pair[1], replace('/certificateArn', arns[0]))),
      ]);
      // Whoever comes first takes the other's certificate, and its own is gone.
      expect(swap.map((answer) => answer.split(':', 1)[0]).sort()).toEqual(['BadRequestException', 'no error']);
      const left = swap[0] === 'no error' ? arns[1]! : arns[0]!;
      const again = await Promise.all([
        refusal(refusing.domainNames.deleteDomainName(testCall(), { domainName: pair[0] })),
        refusal(create(pair[0], { certificateArn: left })),
      ]);
      expect(again[0]).toBe('no error');
      expect(again[1]).toMatch(/^(no error|ConflictException: The domain name you provided already exists\.)$/);
    }
  });

  it('are looked up in one query, however many domain names are read', async () => {
    const names = [newName(), newName(), newName()];
    const europe = testCall({ accountId: '123456789012', region: 'eu-west-1' });
    const arns = [await imported(), await imported(), await imported(wildcard, europe)];
    for (const [n, name] of names.entries()) await create(name, { certificateArn: arns[n]! });
    const { manager } = refusing.serving;
    const queries = [vi.spyOn(manager, 'find'), vi.spyOn(manager, 'findOne')];
    const read = await readDomains(manager, testCall().scope, names);
    expect(queries.map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
    for (const query of queries) query.mockRestore();
    expect([...read.values()].map((compile) => compile())).toEqual(
      expect.arrayContaining(names.map((domainName, n) => ({ domainName, certificateArn: arns[n], basePaths: [], denied: [] }))),
    );
  });

  it('that came along give way to others', async () => {
    const name = newName();
    await create(name, material(wildcard));
    const before = (await refusing.document(name))!.certificateArn!;
    const arn = await imported();
    expect(await update(name, replace('/certificateArn', arn))).toMatchObject({ certificateArn: arn });
    expect(await refusing.document(name)).toMatchObject({ certificateArn: arn });
    expect(await refusal(refusing.certificates.get(testCall(), before.split('/')[1]!))).toContain('NotFoundException');
  });

  it('are not to be given twice or by halves, and keep what is secret', async () => {
    const given = material(wildcard);
    expect(await refusal(create(newName(), { ...given, certificateArn: await imported() }))).toBe(
      'BadRequestException: Only one of certificateArn and certificateBody can be specified.',
    );
    for (const half of ['certificateBody', 'certificatePrivateKey'] as const) {
      expect(await refusal(create(newName(), { [half]: given[half] }))).toBe(
        'BadRequestException: A certificate needs both certificateBody and certificatePrivateKey.',
      );
    }
    const wrong = { ...given, certificatePrivateKey: issueCertificate().privateKey };
    expect(await refusal(create(newName(), wrong))).toBe(
      'BadRequestException: certificatePrivateKey: the key does not belong to the certificate in certificateBody',
    );
  });

  it('that are used cannot be removed, nor be renewed without the name', async () => {
    const [name, arn] = [newName(), await imported()];
    await create(name, { regionalCertificateArn: arn, endpointConfiguration: regional });
    const certificateId = arn.split('/')[1]!;
    expect(await refusal(refusing.certificates.delete(testCall(), certificateId))).toBe(
      `ConflictException: Certificate ${arn} is in use by the domain name ${name}`,
    );
    const renew = (issued: IssuedCertificate) =>
      refusing.certificates.reimport(testCall(), { certificateId, ...material(issued) });
    expect(await refusal(renew(issueCertificate({ domainNames: ['other.com'] })))).toBe(
      `BadRequestException: certificateBody: it does not cover the domain name ${name}, which uses it`,
    );
    expect(await refusal(renew(issueCertificate({ domainNames: [name] })))).toBe('no error');
    await refusing.domainNames.deleteDomainName(testCall(), { domainName: name });
    expect(await refusal(refusing.certificates.delete(testCall(), certificateId))).toBe('no error');
  });

  it('are not removed while a domain name that uses them is being made', async () => {
    for (let round = 0; round < 5; round++) {
      const [name, arn] = [newName(), await imported()];
      const answers = await Promise.all([
        refusal(create(name, { certificateArn: arn })),
        refusal(refusing.certificates.delete(testCall(), arn.split('/')[1]!)),
      ]);
      expect(answers.filter((answer) => answer === 'no error')).toHaveLength(1);
    }
  });
});

describe('settings that gateways cannot enforce', () => {
  const asked: [Partial<CreateDomainNameRequest>, string][] = [
    [{ mutualTlsAuthentication: { truststoreUri: 's3://bucket/key' } }, 'mutualTlsAuthentication'],
    [{ securityPolicy: 'TLS_1_0' }, 'securityPolicy TLS_1_0'],
    [{ endpointAccessMode: 'STRICT' }, 'endpointAccessMode STRICT'],
    [{ endpointConfiguration: secret }, 'endpointConfiguration type PRIVATE'],
    [{ policy: '{"Version":"2012-10-17"}' }, 'policy'],
    [{ routingMode: 'ROUTING_RULE_ONLY' }, 'routingMode ROUTING_RULE_ONLY'],
    [{ ownershipVerificationCertificateArn: unknownArn }, 'ownershipVerificationCertificateArn'],
    [{ certificateArn: unknownArn }, `certificateArn ${unknownArn}, which names no certificate that was imported`],
  ];

  it.each(asked)('%j is refused by name, or taken and denied', async (input, named) => {
    const name = newName();
    expect(await refusal(create(name, input))).toBe(cannot(name, named));
    const answer = await deny(name, input);
    expect(answer).toMatchObject(input.endpointConfiguration ? {} : input);
    const key = answer.domainNameId ? `${name}+${answer.domainNameId}` : name;
    expect((await refusing.document(key))!.denied).toEqual([`domain ${name}: ${named}`]);
  });

  it('are named all at once, and refused in updates too', async () => {
    const name = newName();
    expect(await refusal(create(name, { policy: '{}', routingMode: 'ROUTING_RULE_ONLY' }))).toBe(
      `${cannot(name, 'policy')}; domain ${name}: routingMode ROUTING_RULE_ONLY`,
    );
    await create(name);
    expect(await refusal(update(name, replace('/mutualTlsAuthentication/truststoreUri', 's3://b/k')))).toBe(
      cannot(name, 'mutualTlsAuthentication'),
    );
    expect((await get(name)).mutualTlsAuthentication).toBeUndefined();
  });

  it('end when they are taken back', async () => {
    const name = newName();
    await deny(name, { mutualTlsAuthentication: { truststoreUri: 's3://b/k', truststoreVersion: '1' } });
    expect((await get(name)).mutualTlsAuthentication).toEqual({ truststoreUri: 's3://b/k', truststoreVersion: '1' });
    expect((await update(name, replace('/mutualTlsAuthentication/truststoreUri', ''))).mutualTlsAuthentication).toBeUndefined();
    expect((await refusing.document(name))!.denied).toEqual([]);
  });

  it('a private domain name has an id, and its name may be there several times', async () => {
    const name = newName();
    const arn = await imported();
    const first = await deny(name, { endpointConfiguration: secret, certificateArn: arn, policy: '{"a":1}' });
    expect(wire(first)).toEqual({
      domainName: name,
      domainNameId: expect.stringMatching(/^[a-z0-9]{10}$/),
      domainNameArn: `arn:aws:apigateway:us-east-1:123456789012:/domainnames/${name}+${first.domainNameId}`,
      certificateArn: arn,
      certificateUploadDate: expect.any(String),
      endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack' },
      domainNameStatus: 'AVAILABLE',
      securityPolicy: 'TLS_1_2',
      policy: '{"a":1}',
      routingMode: 'BASE_PATH_MAPPING_ONLY',
    });
    const second = await deny(name, { endpointConfiguration: secret });
    expect(await refusal(get(name))).toBe(NOT_FOUND);
    for (const { domainNameId } of [first, second]) expect((await get(name, domainNameId)).domainNameId).toBe(domainNameId);
    const key = { domainName: name, domainNameId: first.domainNameId! };
    const patched = await denying.domainNames.updateDomainName(testCall(), {
      ...key,
      patchOperations: [replace('/managementPolicy', '{"b":2}'), { op: 'remove', path: '/policy' }],
    });
    expect(patched.managementPolicy).toBe('{"b":2}');
    expect(patched.policy).toBeUndefined();
    const deletion = testCall();
    await refusing.domainNames.deleteDomainName(deletion, key);
    expect(await refusing.serving.published(deletion)).toEqual([`-domain ${name}+${first.domainNameId}`]);
    expect((await get(name, second.domainNameId)).domainName).toBe(name);
  });
});

describe('GetDomainNames', () => {
  it('pages by name, and knows of nothing that other accounts own', async () => {
    const call = testCall({ accountId: '123456789012', region: 'us-west-2' });
    const made: DomainName[] = [];
    for (const name of ['c.page.com', 'a.page.com', 'b.page.com']) made.push(await create(name, {}, call));
    const list = (input: object = {}) => refusing.domainNames.getDomainNames(call, input);
    const first = await list({ limit: 2 });
    expect(first.item?.map(({ domainName }) => domainName)).toEqual(['a.page.com', 'b.page.com']);
    expect(first.position).toBeDefined();
    expect(await list({ limit: 2, position: first.position })).toEqual({ item: [made[0]], position: undefined });
    expect((await list({ resourceOwner: 'SELF' })).item).toHaveLength(3);
    expect(await list({ resourceOwner: 'OTHER_ACCOUNTS' })).toEqual({ item: [] });
    expect(await refusal(list({ position: 'x' }))).toBe('BadRequestException: Invalid position parameter');
  });
});

describe('UpdateDomainName', () => {
  it('replaces certificates and names, and publishes', async () => {
    const [name, arn, call] = [newName(), await imported(), testCall()];
    await create(name, { endpointConfiguration: regional });
    const answer = await refusing.domainNames.updateDomainName(call, {
      domainName: name,
      patchOperations: [
        replace('/regionalCertificateArn', arn),
        replace('/regionalCertificateName', 'r'),
        replace('/certificateName', 'e'),
        replace('/securityPolicy', 'TLS_1_2'),
        replace('/endpointAccessMode', 'BASIC'),
        replace('/routingMode', 'BASE_PATH_MAPPING_ONLY'),
        replace('/endpointConfiguration/ipAddressType', 'dualstack'),
      ],
    });
    expect(answer).toMatchObject({
      regionalCertificateArn: arn,
      regionalCertificateName: 'r',
      certificateName: 'e',
      endpointAccessMode: 'BASIC',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      tags: {},
    });
    expect(await refusing.serving.published(call)).toEqual([`domain ${name}`]);
    expect(await get(name)).toEqual(answer);
  });

  it('moves from edge to regional step by step, and in one', async () => {
    const [name, arn] = [newName(), await imported()];
    const { distributionDomainName } = await create(name, { certificateArn: arn });
    const both = await update(
      name,
      { op: 'add', path: '/endpointConfiguration/types', value: 'REGIONAL' },
      replace('/regionalCertificateArn', arn),
    );
    expect(both).toMatchObject({ endpointConfiguration: { types: ['EDGE', 'REGIONAL'] }, distributionDomainName });
    expect(both.regionalDomainName).toMatch(/^d-/);
    const moved = await update(name, { op: 'remove', path: '/endpointConfiguration/types', value: 'EDGE' });
    expect(moved).toMatchObject({ endpointConfiguration: { types: ['REGIONAL'] }, regionalDomainName: both.regionalDomainName });
    expect(moved.distributionDomainName).toBeUndefined();
    const back = await update(name, replace('/endpointConfiguration/types/0', 'EDGE'));
    expect(back).toMatchObject({ endpointConfiguration: { types: ['EDGE'] } });
    expect(back.regionalDomainName).toBeUndefined();
    expect((await update(name, replace('/endpointConfiguration/types/EDGE', 'REGIONAL'))).endpointConfiguration?.types).toEqual([
      'REGIONAL',
    ]);
  });

  it("moves as AWS's guide has it, certificates coming and going with the endpoint types", async () => {
    const [name, arn, regionalArn] = [newName(), await imported(), await imported()];
    await create(name, { certificateArn: arn, certificateName: 'edge' });
    const types = '/endpointConfiguration/types';
    const both = await update(
      name,
      { op: 'add', path: types, value: 'REGIONAL' },
      { op: 'add', path: '/regionalCertificateArn', value: regionalArn },
      { op: 'add', path: '/regionalCertificateName', value: 'regional' },
    );
    expect(both).toMatchObject({ certificateArn: arn, regionalCertificateArn: regionalArn, regionalCertificateName: 'regional' });
    const moved = await update(
      name,
      { op: 'remove', path: types, value: 'EDGE' },
      { op: 'remove', path: '/certificateName' },
      { op: 'remove', path: '/certificateArn' },
    );
    expect(moved).toMatchObject({ endpointConfiguration: { types: ['REGIONAL'] }, regionalCertificateArn: regionalArn });
    for (const gone of ['certificateArn', 'certificateName', 'certificateUploadDate'])
      expect(wire(moved)).not.toHaveProperty(gone);
    const back = await update(
      name,
      { op: 'add', path: types, value: 'EDGE' },
      { op: 'add', path: '/certificateArn', value: arn },
      { op: 'add', path: '/certificateName', value: 'edge again' },
      { op: 'remove', path: types, value: 'REGIONAL' },
      { op: 'remove', path: '/regionalCertificateArn', value: regionalArn },
      { op: 'remove', path: '/regionalCertificateName' },
    );
    expect(back).toMatchObject({
      certificateArn: arn,
      certificateName: 'edge again',
      endpointConfiguration: { types: ['EDGE'] },
    });
    for (const gone of ['regionalCertificateArn', 'regionalCertificateName', 'regionalDomainName'])
      expect(wire(back)).not.toHaveProperty(gone);
    expect(await refusing.document(name)).toMatchObject({ certificateArn: arn, denied: [] });
  });

  it('refuses what makes no sense, and keeps nothing of it', async () => {
    const name = newName();
    await create(name);
    const before = await get(name);
    const refused: [Operation[], string][] = [
      [
        [replace('/domainName', 'x')],
        "Invalid patch path  '/domainName' specified for op 'replace'. Must be one of: [/certificateArn, /certificateName, " +
          '/regionalCertificateArn, /regionalCertificateName, /ownershipVerificationCertificateArn, /securityPolicy, ' +
          '/endpointAccessMode, /endpointConfiguration/types, /endpointConfiguration/types/{type}, ' +
          '/endpointConfiguration/ipAddressType, /mutualTlsAuthentication/truststoreUri, ' +
          '/mutualTlsAuthentication/truststoreVersion, /policy, /managementPolicy, /routingMode]',
      ],
      [[replace('/securityPolicy', 'SSL_3')], 'Invalid securityPolicy specified. Valid options are TLS_1_0,TLS_1_2,'],
      [[replace('/endpointAccessMode', 'X')], 'Invalid endpointAccessMode specified. Valid options are BASIC,STRICT'],
      [[replace('/routingMode')], 'Invalid routingMode specified. Valid options are BASE_PATH_MAPPING_ONLY,'],
      [[replace('/endpointConfiguration/types/0', 'X')], 'Invalid EndpointTypes specified. Valid options are'],
      [[replace('/endpointConfiguration/types/7', 'EDGE')], 'Invalid patch path /endpointConfiguration/types/7'],
      [
        [replace('/endpointConfiguration/types', 'PRIVATE')],
        'The endpoint type of a domain name cannot be changed to or from PRIVATE.',
      ],
      [
        [{ op: 'remove', path: '/endpointConfiguration/types/EDGE' }],
        'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.',
      ],
      [[replace('/mutualTlsAuthentication/truststoreVersion', '1')], 'A truststoreVersion needs a truststoreUri.'],
      [[replace('/policy', 'x')], 'Invalid policy document.'],
      [[replace('/certificateName', 'changed'), replace('/nothing')], 'Invalid patch path'],
      [[replace('/certificateArn', unknownArn)], 'The gateways cannot enforce these settings yet'],
    ];
    for (const [operations, message] of refused) expect(await refusal(update(name, ...operations))).toContain(message);
    expect(await get(name)).toEqual(before);
    const call = testCall();
    await refusing.domainNames.updateDomainName(call, { domainName: name, patchOperations: [] });
    expect(call.publicationId).toBeUndefined();
  });

  it('is not found for an unknown domain name, or one of another account', async () => {
    const name = newName();
    await create(name);
    const foreign = testCall({ accountId: '999999999999', region: 'us-east-1' });
    const patchOperations = [replace('/certificateName', 'x')];
    const operations = [
      refusing.domainNames.updateDomainName(foreign, { domainName: name, patchOperations }),
      refusing.domainNames.deleteDomainName(foreign, { domainName: name }),
      refusing.domainNames.getDomainName(foreign, { domainName: name }),
      update('unknown.example.com', ...patchOperations),
      refusing.domainNames.deleteDomainName(testCall(), { domainName: 'unknown.example.com' }),
    ];
    expect(new Set(await Promise.all(operations.map(refusal)))).toEqual(new Set([NOT_FOUND]));
  });
});

describe('tags of domain names', () => {
  it('are set and shown by ARN', async () => {
    const name = newName();
    const { domainNameArn } = await create(name);
    const { tags } = refusing.serving.definition;
    await tags.tagResource(testCall(), { resourceArn: domainNameArn!, tags: { a: 'b' } });
    expect(await tags.getTags(testCall(), { resourceArn: domainNameArn! })).toEqual({ tags: { a: 'b' } });
    expect((await get(name)).tags).toEqual({ a: 'b' });
    const unknown = { resourceArn: 'arn:aws:apigateway:us-east-1::/domainnames/unknown.example.com' };
    expect(await refusal(tags.getTags(testCall(), unknown))).toBe(NOT_FOUND);
  });
});

describe('DeleteDomainName', () => {
  it('takes its mappings with it, and frees the name', async () => {
    const name = newName();
    await create(name);
    const { restApiId } = await refusing.serving.newStage();
    await refusing.mappings.createBasePathMapping(testCall(), { domainName: name, restApiId });
    const call = testCall();
    await refusing.domainNames.deleteDomainName(call, { domainName: name });
    expect(await refusing.serving.published(call)).toEqual([`-domain ${name}`]);
    expect(await refusing.document(name)).toBeNull();
    await create(name);
    expect((await refusing.mappings.getBasePathMappings(testCall(), { domainName: name })).item).toEqual([]);
  });
});
