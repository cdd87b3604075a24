import {
  CreateUsagePlanCommand,
  GenerateClientCertificateCommand,
  GetApiKeysCommand,
  GetAuthorizersCommand,
  GetBasePathMappingsCommand,
  GetClientCertificatesCommand,
  GetDeploymentsCommand,
  GetDocumentationPartsCommand,
  GetDocumentationVersionsCommand,
  GetDomainNameAccessAssociationsCommand,
  GetDomainNamesCommand,
  GetGatewayResponsesCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetUsageCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  GetVpcLinksCommand,
  ImportApiKeysCommand,
  ImportRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { sign } from '@gatehouse/sigv4';
import http from 'node:http';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../http.js';
import { REGION, ROOT_KEY } from '../product.js';
import { badRequest, ControlPlaneUnderTest } from './control-plane-under-test.js';

const MANY = 1200;
const numbers = Array.from({ length: MANY }, (_, n) => n);

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start({ GATEHOUSE_UNENFORCED: 'deny' });
});
afterAll(() => plane?.stop());

interface Page {
  ids: (string | undefined)[];
  position?: string;
}
interface Query {
  limit?: number;
  position?: string;
}
interface List {
  /** Makes items until there are 1,200; answers what tells them apart. */
  make(): Promise<string[]>;
  page(query: Query): Promise<Page>;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

/** Creates one item per body, many at once. They are signed by hand: the SDK takes most of the time of a creation. */
async function createAll(path: string, bodies: object[]): Promise<Record<string, string>[]> {
  const answers: Record<string, string>[] = [];
  const left = bodies.map((body, n) => [n, JSON.stringify(body)] as const).values();
  const worker = async () => {
    for (const [n, body] of left) {
      const url = new URL(path, plane.controlPlane.endpoint);
      const headers = { 'content-type': 'application/json' };
      const signed = sign({ method: 'POST', url, headers, body }, ROOT_KEY, { region: REGION, service: 'apigateway' });
      const answer = await ask({ port: plane.controlPlane.port, method: 'POST', path, headers: signed, body, agent });
      if (answer.status >= 300) throw new Error(`POST ${path} ${body}: ${answer.status} ${answer.body}`);
      answers[n] = JSON.parse(answer.body) as Record<string, string>;
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return answers;
}
const ids = async (path: string, bodies: object[], member = 'id') =>
  (await createAll(path, bodies)).map((answer) => answer[member]!);

async function query(text: string, values: unknown[]): Promise<void> {
  const database = new Client(plane.product.postgres.url);
  await database.connect();
  try {
    await database.query(text, values);
  } finally {
    await database.end();
  }
}

/**
 * Makes copies of a row until there are 1,200: of what takes long to make, and is not what is looked at here. Answers what the column has that
 * tells them apart, the original's first. `unique` are other columns that no two rows have alike.
 */
async function multiply(table: string, column: string, original: string, ...unique: string[]): Promise<string[]> {
  const names = [column, ...unique].map((name) => `'${name}', 'copy' || n`).join(', ');
  await query(
    `INSERT INTO ${table} SELECT (jsonb_populate_record(original, jsonb_build_object(${names}))).*
     FROM ${table} original, generate_series(1, $2::int) n WHERE ${column} = $1`,
    [original, MANY - 1],
  );
  return [original, ...numbers.slice(1).map((n) => `copy${n}`)];
}

/** An API with 1,200 of everything that a document can hold. */
let imported: Promise<string> | undefined;
const importedApi = () => (imported ??= importApi());
async function importApi(): Promise<string> {
  const named = (of: (n: number) => object) => Object.fromEntries(numbers.map((n) => [`n${n}`, of(n)]));
  const document = {
    swagger: '2.0',
    info: { title: 'many', version: '1' },
    paths: Object.fromEntries(numbers.slice(1).map((n) => [`/n${n}`, {}])),
    definitions: named(() => ({ type: 'object' })),
    'x-amazon-apigateway-request-validators': named(() => ({
      validateRequestBody: true,
      validateRequestParameters: false,
    })),
    'x-amazon-apigateway-documentation': {
      documentationParts: numbers.map((n) => ({
        location: { type: 'MODEL', name: `n${n}` },
        properties: { description: 'd' },
      })),
    },
  };
  const { id } = await plane.send(new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(document)) }));
  return id!;
}

/** A usage plan with 1,200 keys. */
let planned: Promise<{ usagePlanId: string; keys: string[] }> | undefined;
const plannedKeys = () => (planned ??= importKeys());
async function importKeys(): Promise<{ usagePlanId: string; keys: string[] }> {
  const plan = await plane.send(new CreateUsagePlanCommand({ name: 'many', quota: { limit: 10, period: 'DAY' } }));
  const rows = numbers.map((n) => `key ${n},value-of-the-key-number-${n},${plan.id}`);
  const body = Buffer.from(['name,key,usageplanIds', ...rows].join('\n'));
  const { ids: keys } = await plane.send(new ImportApiKeysCommand({ body, format: 'csv' }));
  return { usagePlanId: plan.id!, keys: keys! };
}

let mocked: Promise<string> | undefined;
const mockApi = () => (mocked ??= plane.newMock().then(({ restApiId }) => restApiId));

/** Names of which a document holds 1,200. */
const names = async () => {
  await importedApi();
  return numbers.map((n) => `n${n}`);
};
const DAY = '2026-03-01';

const LISTS: Record<string, List> = {
  GetRestApis: {
    make: async () => {
      const { items = [] } = await plane.send(new GetRestApisCommand({ limit: 500 }));
      const before = items.map(({ id }) => id!);
      const bodies = numbers.slice(before.length).map((n) => ({ name: `api ${n}` }));
      return [...before, ...(await ids('/restapis', bodies))];
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetRestApisCommand(query));
      return { ids: items!.map(({ id }) => id), position };
    },
  },
  GetResources: {
    make: async () => {
      await importedApi();
      return ['/', ...numbers.slice(1).map((n) => `/n${n}`)];
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetResourcesCommand({ restApiId: await importedApi(), ...query }));
      return { ids: items!.map(({ path }) => path), position };
    },
  },
  GetModels: {
    make: names,
    page: async (query) => {
      const { items, position } = await plane.send(new GetModelsCommand({ restApiId: await importedApi(), ...query }));
      return { ids: items!.map(({ name }) => name), position };
    },
  },
  GetAuthorizers: {
    make: async () => {
      const [made] = await ids(`/restapis/${await mockApi()}/authorizers`, [
        {
          name: 'a',
          type: 'COGNITO_USER_POOLS',
          identitySource: 'method.request.header.Authorization',
          providerARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_x'],
        },
      ]);
      return multiply('authorizers', 'authorizer_id', made!, 'name');
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetAuthorizersCommand({ restApiId: await mockApi(), ...query }));
      return { ids: items!.map(({ id }) => id), position };
    },
  },
  GetRequestValidators: {
    make: names,
    page: async (query) => {
      const command = new GetRequestValidatorsCommand({ restApiId: await importedApi(), ...query });
      const { items, position } = await plane.send(command);
      return { ids: items!.map(({ name }) => name), position };
    },
  },
  GetDocumentationParts: {
    make: names,
    page: async (query) => {
      const command = new GetDocumentationPartsCommand({ restApiId: await importedApi(), ...query });
      const { items, position } = await plane.send(command);
      return { ids: items!.map(({ location }) => location!.name), position };
    },
  },
  GetDocumentationVersions: {
    make: async () => {
      await createAll(`/restapis/${await mockApi()}/documentation/parts`, [{ location: { type: 'API' }, properties: '{}' }]);
      await createAll(`/restapis/${await mockApi()}/documentation/versions`, [{ documentationVersion: 'v' }]);
      return multiply('documentation_versions', 'version', 'v');
    },
    page: async (query) => {
      const command = new GetDocumentationVersionsCommand({ restApiId: await mockApi(), ...query });
      const { items, position } = await plane.send(command);
      return { ids: items!.map(({ version }) => version), position };
    },
  },
  GetDeployments: {
    make: async () => {
      const [made] = await ids(`/restapis/${await mockApi()}/deployments`, [{}]);
      return multiply('deployments', 'deployment_id', made!);
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetDeploymentsCommand({ restApiId: await mockApi(), ...query }));
      return { ids: items!.map(({ id }) => id), position };
    },
  },
  GetApiKeys: {
    make: async () => (await plannedKeys()).keys,
    page: async (query) => {
      const { items, position } = await plane.send(new GetApiKeysCommand(query));
      return { ids: items!.map(({ id }) => id), position };
    },
  },
  GetUsagePlanKeys: {
    make: async () => (await plannedKeys()).keys,
    page: async (query) => {
      const { usagePlanId } = await plannedKeys();
      const { items, position } = await plane.send(new GetUsagePlanKeysCommand({ usagePlanId, ...query }));
      return { ids: items!.map(({ id }) => id), position };
    },
  },
  GetUsage: {
    make: async () => {
      const { usagePlanId, keys } = await plannedKeys();
      // What gateways report; there is no operation that makes it.
      await query(
        `INSERT INTO usage_totals (account_id, region, usage_plan_id, api_key_id, day, process_id, quota_period, total)
         SELECT account_id, region, $1, key, $2::date, 'gateway', 'DAY', 1 FROM usage_plans, unnest($3::text[]) AS key WHERE usage_plan_id = $1`,
        [usagePlanId, DAY, keys],
      );
      return keys;
    },
    page: async (query) => {
      const { usagePlanId } = await plannedKeys();
      const command = new GetUsageCommand({ usagePlanId, startDate: DAY, endDate: DAY, ...query });
      const { items, position } = await plane.send(command);
      return { ids: Object.keys(items!), position };
    },
  },
  GetUsagePlans: {
    make: async () => {
      const { usagePlanId } = await plannedKeys();
      return multiply('usage_plans', 'usage_plan_id', usagePlanId);
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetUsagePlansCommand(query));
      return { ids: items!.map(({ id }) => id), position };
    },
  },
  GetVpcLinks: {
    make: () => {
      const targetArns = ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/x/50dc6c495c0c9188'];
      return ids(
        '/vpclinks',
        numbers.map((n) => ({ name: `link ${n}`, targetArns })),
      );
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetVpcLinksCommand(query));
      return { ids: items!.map(({ id }) => id), position };
    },
  },
  GetClientCertificates: {
    make: async () => {
      const { clientCertificateId } = await plane.send(new GenerateClientCertificateCommand({}));
      return multiply('client_certificates', 'client_certificate_id', clientCertificateId!);
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetClientCertificatesCommand(query));
      return { ids: items!.map(({ clientCertificateId }) => clientCertificateId), position };
    },
  },
  // Before those that make other domain names.
  GetDomainNames: {
    make: async () => {
      await createAll('/domainnames', [{ domainName: 'a.example.com', endpointConfiguration: { types: ['PRIVATE'] } }]);
      return multiply('domain_names', 'domain_name', 'a.example.com');
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetDomainNamesCommand(query));
      return { ids: items!.map(({ domainName }) => domainName), position };
    },
  },
  GetBasePathMappings: {
    make: async () => {
      await createAll('/domainnames', [{ domainName: 'mapped.example.org' }]);
      await createAll('/domainnames/mapped.example.org/basepathmappings', [{ restApiId: await mockApi(), basePath: 'b' }]);
      return multiply('base_path_mappings', 'base_path', 'b');
    },
    page: async (query) => {
      const command = new GetBasePathMappingsCommand({ domainName: 'mapped.example.org', ...query });
      const { items, position } = await plane.send(command);
      return { ids: items!.map(({ basePath }) => basePath), position };
    },
  },
  GetDomainNameAccessAssociations: {
    make: async () => {
      const domain = { domainName: 'associated.example.org', endpointConfiguration: { types: ['PRIVATE'] } };
      const [created] = await createAll('/domainnames', [domain]);
      const bodies = numbers.map((n) => ({
        domainNameArn: created!.domainNameArn,
        accessAssociationSource: `vpce-${n}`,
        accessAssociationSourceType: 'VPCE',
      }));
      return ids('/domainnameaccessassociations', bodies, 'domainNameAccessAssociationArn');
    },
    page: async (query) => {
      const { items, position } = await plane.send(new GetDomainNameAccessAssociationsCommand(query));
      return { ids: items!.map((each) => each.domainNameAccessAssociationArn), position };
    },
  },
};

async function walk(page: List['page'], limit?: number): Promise<{ ids: (string | undefined)[]; sizes: number[] }> {
  const all: (string | undefined)[] = [];
  const sizes: number[] = [];
  for (let position: string | undefined; ;) {
    const answer = await page({ limit, position });
    all.push(...answer.ids);
    sizes.push(answer.ids.length);
    position = answer.position;
    if (!position || sizes.length > MANY) return { ids: all, sizes };
  }
}

describe('1,200 items', () => {
  it.each(Object.entries(LISTS))('%s gives each of them once', async (_, list) => {
    const made = await list.make();
    const large = await walk(list.page, 500);
    expect(large.sizes).toEqual([500, 500, 200]);
    expect([...large.ids].sort()).toEqual([...made].sort());
    const small = await walk(list.page);
    expect(small.sizes).toEqual(Array(48).fill(25));
    expect(small.ids).toEqual(large.ids);
    // A limit out of range is no error: it stands for the largest.
    for (const limit of [0, 501]) expect((await list.page({ limit })).ids).toEqual(large.ids.slice(0, 500));
    await expect(list.page({ position: 'forged' })).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Invalid position parameter',
    });
  });
});

describe('GetGatewayResponses', () => {
  it('pages through the 21 types', async () => {
    const restApiId = await mockApi();
    const page = async (query: Query): Promise<Page> => {
      const { items, position } = await plane.send(new GetGatewayResponsesCommand({ restApiId, ...query }));
      return { ids: items!.map(({ responseType }) => responseType), position };
    };
    const { ids: whole } = await walk(page, 500);
    const parts = await walk(page, 8);
    expect(parts).toEqual({ ids: whole, sizes: [8, 8, 5] });
    expect(await plane.refusal(new GetGatewayResponsesCommand({ restApiId, position: 'forged' }))).toBe(
      badRequest('Invalid position parameter'),
    );
  });
});
