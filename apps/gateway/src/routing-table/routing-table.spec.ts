import { issueCertificate, pipelineServices, requestOf, restApiModel } from '@gatehouse/testing';
import { Exchange, serve } from '@gatehouse/pipeline';
import type { AnyDocument } from '@gatehouse/snapshot';
import { beforeEach, describe, expect, it } from 'vitest';
import { Documents, KEY, SCOPE } from '../documents.fixture.js';
import { RoutingTable } from './routing-table.js';

const services = pipelineServices();
const HOST = 'abcdefghij.execute-api.us-east-1.localhost';
const model = restApiModel({ 'GET /pets': {} });

let removed: string[];
let table: RoutingTable;
const makeTable = (pathForms = true) =>
  new RoutingTable({
    services,
    dataPlaneKeys: [KEY],
    pathForms,
    listener: { stageRemoved: (apiId, stageName) => removed.push(`${apiId}/${stageName}`) },
  });

beforeEach(() => {
  removed = [];
  table = makeTable();
});

/** What a request resolves to: stage and the rest of the path. */
const resolve = (host: string, path: string, on = table) => {
  const found = on.resolve(host, path);
  return found && `${found.stage.key} ${path.slice(found.pathStart)}`;
};
const apply = (documents: Documents) => table.apply(documents.batch()).map(({ ref, reason }) => `${ref}: ${reason}`);

describe('resolution', () => {
  beforeEach(() => void apply(new Documents().stage(model)));

  it.each([
    [HOST, '/prod/pets', 'abcdefghij/prod /pets'],
    [HOST, '/prod', 'abcdefghij/prod '],
    [HOST, '/prod/', 'abcdefghij/prod /'],
    ['abcdefghij.execute-api.eu-west-1.amazonaws.com', '/prod/a', 'abcdefghij/prod /a'],
    ['abcdefghij.execute-api.x', '/prod/a', 'abcdefghij/prod /a'],
    ['localhost', '/_aws/execute-api/abcdefghij/prod/pets', 'abcdefghij/prod /pets'],
    ['localhost', '/_aws/execute-api/abcdefghij/prod', 'abcdefghij/prod '],
    ['127.0.0.1', '/restapis/abcdefghij/prod/_user_request_/pets', 'abcdefghij/prod /pets'],
    ['127.0.0.1', '/restapis/abcdefghij/prod/_user_request_', 'abcdefghij/prod '],
    ['abcdefghij.execute-api', '/_aws/execute-api/abcdefghij/prod/x', 'abcdefghij/prod /x'],
  ])('%s%s', (host, path, found) => expect(resolve(host, path)).toBe(found));

  it.each([
    [HOST, '/'],
    [HOST, '/beta/pets'],
    [HOST, '/Prod/pets'],
    [HOST, '/_aws/execute-api/abcdefghij/prod/pets'],
    ['zzzzzzzzzz.execute-api.us-east-1.localhost', '/prod/pets'],
    ['zzzzzzzzzz.execute-api.us-east-1.localhost', '/_aws/execute-api/abcdefghij/prod/pets'],
    ['x.abcdefghij.execute-api.us-east-1.localhost', '/prod/pets'],
    ['localhost', '/prod/pets'],
    ['localhost', '/_aws/execute-api/abcdefghij'],
    ['localhost', '/_aws/execute-api//prod'],
    ['localhost', '/_aws/execute-api/zzzzzzzzzz/prod/pets'],
    ['localhost', '/restapis/abcdefghij/prod/pets'],
    ['localhost', '/restapis/abcdefghij/prod/_user_request_x/pets'],
    ['localhost', '/x/restapis/abcdefghij/prod/_user_request_/pets'],
    ['constructor.execute-api.x', '/constructor'],
    ['', '/'],
  ])('%s%s is nobody', (host, path) => expect(resolve(host, path)).toBeUndefined());

  it('has no path forms where they are off', () => {
    const without = makeTable(false);
    without.apply(new Documents().stage(model).batch());
    expect(resolve('localhost', '/_aws/execute-api/abcdefghij/prod/pets', without)).toBeUndefined();
    expect(resolve('localhost', '/restapis/abcdefghij/prod/_user_request_/pets', without)).toBeUndefined();
    expect(resolve(HOST, '/prod/pets', without)).toBe('abcdefghij/prod /pets');
  });

  it('closes the execute-api endpoint and the path forms, which count as it', () => {
    apply(new Documents().stage({ ...model, disableExecuteApiEndpoint: true }));
    expect(resolve(HOST, '/prod/pets')).toBeUndefined();
    expect(resolve('localhost', '/_aws/execute-api/abcdefghij/prod/pets')).toBeUndefined();
    expect(resolve('localhost', '/restapis/abcdefghij/prod/_user_request_/pets')).toBeUndefined();
  });
});

describe('changes', () => {
  it('of a stage take its place and leave requests in flight theirs', () => {
    apply(new Documents().stage(model));
    const before = table.resolve(HOST, '/prod/pets')!.stage;
    apply(new Documents().stage(restApiModel({ 'GET /dogs': {} })));
    const after = table.resolve(HOST, '/prod/dogs')!.stage;
    expect(before.deployment.routes.match('GET', '/pets')).toBeDefined();
    expect(after.deployment.routes.match('GET', '/pets')).toBeUndefined();
  });

  it('build a deployment once for all stages that serve it, and drop it with the last', () => {
    apply(new Documents().stage(model).stage(model, 'beta'));
    const [prod, beta] = ['prod', 'beta'].map((name) => table.resolve(HOST, `/${name}`)!.stage);
    expect(beta!.deployment).toBe(prod!.deployment);
    apply(new Documents().stage(model, 'prod', { variables: { changed: 'yes' } }));
    expect(table.resolve(HOST, '/prod')!.stage.deployment).toBe(prod!.deployment);
    const served = () => ['abcdefghij/prod', 'abcdefghij/beta', 'other/prod'].map((stageKey) => table.serves(stageKey));
    expect(served()).toEqual([true, true, false]);
    apply(new Documents().removed('stage', 'abcdefghij/prod').removed('stage', 'abcdefghij/beta'));
    expect(removed).toEqual(['abcdefghij/prod', 'abcdefghij/beta']);
    expect(served()).toEqual([false, false, false]);
    apply(new Documents().stage(model));
    expect(table.resolve(HOST, '/prod')!.stage.deployment).not.toBe(prod!.deployment);
  });

  it('of keys and plans act on stages that are served already', () => {
    apply(new Documents().stage(model));
    const { consumers } = table.resolve(HOST, '/prod')!.stage;
    expect(consumers.findKey('v')).toBeUndefined();
    apply(new Documents().apiKey('key1', 'v', ['plan01']).usagePlan({ usagePlanId: 'plan01' }));
    expect(consumers.findKey('v')).toMatchObject({ apiKeyId: 'key1' });
    expect(consumers.findUsagePlan('plan01')).toBeDefined();
    apply(new Documents().removed('api-key', 'key1').removed('usage-plan', 'plan01'));
    expect([consumers.findKey('v'), consumers.findUsagePlan('plan01')]).toEqual([undefined, undefined]);
  });

  it('of certificates reach TLS listeners; one that TLS refuses is refused by name, and the one before it stays', () => {
    const issued = issueCertificate();
    apply(new Documents().certificate('one', issued, ['a.example.com']));
    const before = table.certificates.find('a.example.com');
    expect(before).toBeDefined();
    const wrong = { ...issued, privateKey: issueCertificate().privateKey };
    expect(apply(new Documents().certificate('one', wrong, ['a.example.com']).apiKey('key1', 'v', []))).toEqual([
      expect.stringMatching(/^certificate 123456789012\/us-east-1\/one: .*key values mismatch$/),
    ]);
    expect(table.certificates.find('a.example.com')).toBe(before);
    apply(new Documents().removed('certificate', 'one'));
    expect(table.certificates.find('a.example.com')).toBeUndefined();
  });

  it('of plans decide for whom a key stands on each stage, from the next request on', () => {
    const keyed = restApiModel({ 'GET /': { apiKeyRequired: true } });
    const covers = (stage: string) => ({ apiStages: [{ apiId: 'abcdefghij', stage }] });
    apply(
      new Documents()
        .stage(keyed)
        .stage(keyed, 'beta')
        .usagePlan({ usagePlanId: 'plan01', ...covers('prod') })
        .usagePlan({ usagePlanId: 'plan02', ...covers('beta') })
        .apiKey('key1', 'v', ['plan01', 'plan02']),
    );
    const planOn = (stageName: string) => {
      const request = requestOf({ path: `/${stageName}/`, headers: ['x-api-key', 'v'] });
      const exchange = new Exchange(request, { respond: () => undefined });
      const { stage, pathStart } = table.resolve(HOST, `/${stageName}/`)!;
      serve(exchange, stage, pathStart);
      return exchange.consumer?.plan.usagePlanId ?? exchange.error?.reason;
    };
    expect(['prod', 'beta', 'beta', 'prod'].map(planOn)).toEqual(['plan01', 'plan02', 'plan02', 'plan01']);
    apply(new Documents().usagePlan({ usagePlanId: 'plan02', ...covers('prod') }));
    expect(['prod', 'beta'].map(planOn)).toEqual(['plan01', 'API key in no usage plan of this stage']);
    apply(new Documents().removed('usage-plan', 'plan01'));
    expect(planOn('prod')).toBe('plan02');
    apply(new Documents().apiKey('key1', 'v', ['plan02'], false));
    expect(planOn('prod')).toBe('API key disabled');
    apply(new Documents().removed('api-key', 'key1'));
    expect(planOn('prod')).toBe('API key unknown');
  });

  it('that cannot be built are refused by name, and nothing of the rest is held up', () => {
    apply(new Documents().stage(model));
    const broken = new Documents().stage(restApiModel({ 'GET /dogs': {} })).apiKey('key1', 'v', []);
    broken.deployments.clear();
    expect(apply(broken)).toEqual([
      expect.stringMatching(/^stage 123456789012\/us-east-1\/abcdefghij\/prod: deployment [0-9a-f]{64} is missing$/),
    ]);
    const { stage } = table.resolve(HOST, '/prod')!;
    expect(stage.deployment.routes.match('GET', '/pets')).toBeDefined();
    expect(stage.consumers.findKey('v')).toBeDefined();
  });

  it('whose literals do not open are refused, and say no secret', () => {
    const literal = restApiModel({
      'GET /': {
        integration: { type: 'HTTP_PROXY', uri: 'http://h/', requestParameters: { 'integration.request.header.X': "'hunter2'" } },
      },
    });
    const moved = new Documents({ ...SCOPE, region: 'eu-west-1' }).stage(literal);
    for (const document of moved.documents) document.region = SCOPE.region;
    const [refusal] = apply(moved);
    expect(refusal).toMatch(/GET \/: the sealed value of deployment .* was changed or moved$/);
    expect(refusal).not.toContain('hunter2');
  });

  it('security class: tenant escape: a document cannot speak for another name, API, account or region', () => {
    apply(new Documents().stage(model));
    const named = (change: (document: AnyDocument) => void, documents: Documents) => {
      documents.documents.forEach(change);
      return apply(documents).map((refusal) => refusal.slice(refusal.indexOf(': ') + 2));
    };
    expect(named((document) => (document.key = 'abcdefghij/beta'), new Documents().stage(model))).toEqual([
      'it speaks of abcdefghij/prod',
    ]);
    expect(named((document) => (document.key = 'other'), new Documents().usagePlan({ usagePlanId: 'plan01' }))).toEqual([
      'it speaks of plan01',
    ]);
    expect(named((document) => (document.key = 'other'), new Documents().apiKey('key1', 'v', []))).toEqual(['it speaks of key1']);
    expect(apply(new Documents({ ...SCOPE, accountId: '999999999999' }).stage(model))).toEqual([
      'stage 999999999999/us-east-1/abcdefghij/prod: API abcdefghij belongs to another account or region',
    ]);
    const borrowed = new Documents().stage(model).stage({ ...model, apiId: 'thief00000' });
    const [mine, theirs] = borrowed.documents;
    if (mine?.kind === 'stage' && theirs?.kind === 'stage') theirs.body!.deploymentHash = mine.body!.deploymentHash;
    expect(apply(borrowed)).toEqual(['stage 123456789012/us-east-1/thief00000/prod: its deployment is of API abcdefghij']);
    const elsewhere = new Documents({ ...SCOPE, accountId: '999999999999' }).apiKey('key1', 'v', ['plan01']);
    expect(apply(elsewhere)).toEqual([]);
    expect(table.resolve(HOST, '/prod')!.stage.consumers.findKey('v')).toBeUndefined();
  });

  it('cost what changed, not what is there', () => {
    const many = new Documents();
    for (let n = 0; n < 2000; n++) many.stage({ ...model, apiId: `api${String(n).padStart(7, '0')}` });
    apply(many);
    const change = new Documents().stage(restApiModel({ 'GET /changed': {} }, { apiId: 'api0000001' }));
    const others = table.resolve('api0000002.execute-api.x', '/prod')!.stage;
    const started = performance.now();
    for (let n = 0; n < 200; n++) apply(change);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(table.resolve('api0000002.execute-api.x', '/prod')!.stage).toBe(others);
  });
});

describe('a canary release', () => {
  const canaryModel = restApiModel({ 'GET /dogs': {} });
  const canary = (percentTraffic: number, next = canaryModel) =>
    new Documents().stage(
      model,
      'prod',
      {
        variables: { color: 'blue' },
        canarySettings: { percentTraffic, deploymentId: 'dep002', stageVariableOverrides: { color: 'green' } },
      },
      next,
    );
  const served = (documents: Documents, on = table) => {
    expect(documents.batch().deployments.size).toBeGreaterThan(0);
    expect(on.apply(documents.batch())).toEqual([]);
    return on.resolve(HOST, '/prod/pets')!.stage;
  };

  it('serves its share of the requests, with its deployment and its variables', () => {
    const stage = served(canary(25));
    const taken = Array.from({ length: 8_000 }, () => stage.forRequest());
    const share = taken.filter((each) => each !== stage).length / taken.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    const release = stage.canary!;
    expect([stage.isCanary, release.isCanary]).toEqual([false, true]);
    expect([release.deploymentId, release.variables.get('color'), release.key]).toEqual(['dep002', 'green', stage.key]);
    expect(release.deployment.routes.match('GET', '/dogs', 0)).toBeDefined();
    expect(stage.deployment.routes.match('GET', '/dogs', 0)).toBeUndefined();
  });

  it.each([
    [0, 0],
    [100, 100],
  ])('of %i percent serves %i of 100', (percent, count) => {
    const stage = served(canary(percent));
    expect(Array.from({ length: 100 }, () => stage.forRequest()).filter((each) => each !== stage)).toHaveLength(count);
  });

  it('is refused whole when its deployment is missing, and what served before goes on', () => {
    expect(apply(new Documents().stage(model))).toEqual([]);
    const documents = canary(50);
    const { documents: stages, deployments } = documents.batch();
    const own = new Map([...deployments].slice(0, 1));
    expect(table.apply({ documents: stages, deployments: own })).toHaveLength(1);
    expect(table.resolve(HOST, '/prod/pets')!.stage.canary).toBeNull();
  });

  it('shares what it deploys with other stages, and gives it back', () => {
    const stage = served(canary(50));
    expect(served(canary(50, model)).canary!.deployment).toBe(stage.deployment);
    const without = served(new Documents().stage(model));
    expect([without.canary, without.isCanary]).toEqual([null, null]);
  });
});

describe('the limit of an account', () => {
  it('holds for all its stages from one request to the next, until it is taken away', async () => {
    const asked: string[] = [];
    const limiter = { ...services.limiter, throttle: (name: string) => asked.push(name) > 0 };
    const limited = new RoutingTable({
      services: { ...services, limiter },
      dataPlaneKeys: [KEY],
      pathForms: true,
      listener: { stageRemoved: () => undefined },
    });
    expect(limited.apply(new Documents().stage(model).stage(model, 'beta').batch())).toEqual([]);
    const call = (stageName: string) => {
      const { stage, pathStart } = limited.resolve(HOST, `/${stageName}/pets`)!;
      serve(new Exchange(requestOf({ path: `/${stageName}/pets` }), { respond: () => undefined }), stage, pathStart);
      return asked.splice(0);
    };
    const set = (throttle: { rateLimit: number; burstLimit: number } | null) =>
      limited.apply(new Documents().account(throttle).batch());
    expect(call('prod')).toEqual([]);
    expect(set({ rateLimit: 1, burstLimit: 2 })).toEqual([]);
    expect([call('prod'), call('beta')]).toEqual([[`account/123456789012/us-east-1`], [`account/123456789012/us-east-1`]]);
    expect(set(null)).toEqual([]);
    expect(call('prod')).toEqual([]);
  });
});
