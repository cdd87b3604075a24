import { createArchive } from '@gatehouse/function-archive';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientCertificatesService } from '../apigateway/client-certificate/client-certificate.service.js';
import { DocumentationPartsService } from '../apigateway/documentation-part/documentation-part.service.js';
import { BasePathMappingsService } from '../apigateway/base-path-mapping/base-path-mapping.service.js';
import { DomainNamesService } from '../apigateway/domain-name/domain-name.service.js';
import { refusal, testCall } from '../apigateway/rest-api/definition.fixture.js';
import { Serving } from '../apigateway/stage/serving.fixture.js';
import { VpcLinksService } from '../apigateway/vpc-link/vpc-link.service.js';
import { AliasesService } from '../lambda/alias/alias.service.js';
import { FunctionsService } from '../lambda/function/function.service.js';
import { VersionsService } from '../lambda/version/version.service.js';
import { QUOTAS, quotaExceeded, type QuotaName } from './quotas.js';

let server: TestDatabase;
let serving: Serving;
let vpcLinks: VpcLinksService;
let clientCertificates: ClientCertificatesService;
let documentationParts: DocumentationPartsService;
let domainNames: DomainNamesService;
let mappings: BasePathMappingsService;
let functions: FunctionsService;
let versions: VersionsService;
let aliases: AliasesService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'deny', 'aws');
  const { unitOfWork, config } = serving;
  const { database } = serving.definition;
  vpcLinks = new VpcLinksService(database, unitOfWork);
  clientCertificates = new ClientCertificatesService(database, unitOfWork, config);
  documentationParts = new DocumentationPartsService(database, unitOfWork, serving.definition.documentReader);
  domainNames = new DomainNamesService(database, unitOfWork, config);
  mappings = new BasePathMappingsService(database, unitOfWork);
  functions = new FunctionsService(database, unitOfWork, config);
  versions = new VersionsService(database, unitOfWork, config);
  aliases = new AliasesService(database, unitOfWork);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

/** Asks for one more; `n` tells the calls apart. */
type OneMore = (n: number) => Promise<unknown>;

/** The account of one quota: what it has is counted, and nothing of the others'. */
class Account {
  constructor(
    private readonly quota: QuotaName,
    private readonly accountId: string,
  ) {}

  call() {
    return testCall({ accountId: this.accountId, region: 'us-east-1' });
  }

  /** Makes the first by the service and copies its row, with other texts in `columns`, until one more may come. */
  async fill(oneMore: OneMore, table: string, columns: string[], { besides = 0, where = 'true' } = {}): Promise<OneMore> {
    await oneMore(0);
    const texts = columns.flatMap((column) => [`'${column}'`, `'f' || n`]).join(', ');
    await serving.manager.query(
      `INSERT INTO ${table} SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(one) || jsonb_build_object(${texts}))).*
         FROM (SELECT * FROM ${table} WHERE account_id = $1 AND ${where} LIMIT 1) one CROSS JOIN generate_series(1, $2) n`,
      [this.accountId, QUOTAS[this.quota].aws - 2 - besides],
    );
    return oneMore;
  }

  /** Fills a map in the account's one row until one more entry may come. */
  async fillMap(table: string, column: string, entryOf: (n: number) => [string, unknown]): Promise<void> {
    const entries = Array.from({ length: QUOTAS[this.quota].aws - 1 }, (_, n) => entryOf(n));
    const map = JSON.stringify(Object.fromEntries(entries));
    await serving.manager.query(`UPDATE ${table} SET ${column} = $2 WHERE account_id = $1`, [this.accountId, map]);
  }

  async newApi() {
    const { id, rootResourceId } = await serving.definition.restApis.createRestApi(this.call(), { name: 'a' });
    return { restApiId: id!, rootResourceId: rootResourceId! };
  }

  async newStage() {
    const { restApiId, rootResourceId: resourceId } = await this.newApi();
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    await serving.definition.methods.putMethod(this.call(), { ...method, authorizationType: 'NONE' });
    await serving.definition.integrations.putIntegration(this.call(), { ...method, type: 'MOCK' });
    const { id } = await serving.deployments.createDeployment(this.call(), { restApiId, stageName: 'prod' });
    return { restApiId, stageName: 'prod', deploymentId: id! };
  }

  async newFunction(): Promise<string> {
    const ZipFile = await createArchive([{ path: 'index.js', content: 'exports.handler = async () => null;' }]);
    await functions.createFunction(this.call(), {
      FunctionName: 'f',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/any',
      Code: { ZipFile },
    });
    return 'f';
  }

  fillApis(type: 'EDGE' | 'REGIONAL' | 'PRIVATE'): Promise<OneMore> {
    const { restApis } = serving.definition;
    const oneMore = () => restApis.createRestApi(this.call(), { name: 'a', endpointConfiguration: { types: [type] } });
    return this.fill(oneMore, 'rest_apis', ['api_id']);
  }
}

const TARGET = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/x/50dc6c495c0c9188';
const INVOCATION =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';

/** How what is counted comes to one below its quota, for every quota that there is. */
const FILL: Record<QuotaName, (account: Account) => Promise<OneMore>> = {
  regionalApis: (account) => account.fillApis('REGIONAL'),
  edgeApis: (account) => account.fillApis('EDGE'),
  privateApis: (account) => account.fillApis('PRIVATE'),
  resources: async (account) => {
    const { restApiId, rootResourceId: parentId } = await account.newApi();
    const { resources } = serving.definition;
    const oneMore: OneMore = (n) => resources.createResource(account.call(), { restApiId, parentId, pathPart: `more${n}` });
    return account.fill(oneMore, 'resources', ['resource_id', 'path_part'], { besides: 1, where: 'path_part IS NOT NULL' });
  },
  stages: async (account) => {
    const { restApiId, deploymentId } = await account.newStage();
    const oneMore: OneMore = (n) => serving.stages.createStage(account.call(), { restApiId, deploymentId, stageName: `s${n}` });
    return account.fill(oneMore, 'stages', ['stage_name'], { besides: 1 });
  },
  stageVariables: async (account) => {
    const { restApiId, stageName } = await account.newStage();
    await account.fillMap('stages', 'variables', (n) => [`v${n}`, 'x']);
    return (n) =>
      serving.stages.updateStage(account.call(), {
        restApiId,
        stageName,
        patchOperations: [{ op: 'replace', path: `/variables/more${n}`, value: 'x' }],
      });
  },
  methodSettings: async (account) => {
    const { restApiId, stageName } = await account.newStage();
    await account.fillMap('stages', 'method_settings', (n) => [`f${n}/GET`, {}]);
    return (n) =>
      serving.stages.updateStage(account.call(), {
        restApiId,
        stageName,
        patchOperations: [{ op: 'replace', path: `/~1more${n}/GET/throttling/rateLimit`, value: '5' }],
      });
  },
  models: async (account) => {
    const { restApiId } = await account.newApi();
    const model = { restApiId, contentType: 'application/json', schema: '{"type": "object", "properties": {"a": {}}}' };
    const oneMore: OneMore = (n) => serving.definition.models.createModel(account.call(), { ...model, name: `more${n}` });
    return account.fill(oneMore, 'models', ['name', 'model_id'], { besides: 2 });
  },
  authorizers: async (account) => {
    const { restApiId } = await account.newApi();
    const input = { restApiId, type: 'TOKEN' as const, authorizerUri: INVOCATION, identitySource: 'method.request.header.A' };
    const oneMore: OneMore = (n) =>
      serving.definition.authorizers.createAuthorizer(account.call(), { ...input, name: `more${n}` });
    return account.fill(oneMore, 'authorizers', ['authorizer_id', 'name']);
  },
  requestValidators: async (account) => {
    const { restApiId } = await account.newApi();
    const oneMore: OneMore = (n) =>
      serving.definition.requestValidators.createRequestValidator(account.call(), { restApiId, name: `more${n}` });
    return account.fill(oneMore, 'request_validators', ['request_validator_id']);
  },
  documentationParts: async (account) => {
    const { restApiId } = await account.newApi();
    const oneMore: OneMore = (n) =>
      documentationParts.createDocumentationPart(account.call(), {
        restApiId,
        location: { type: 'MODEL', name: `more${n}` },
        properties: '{}',
      });
    return account.fill(oneMore, 'documentation_parts', ['documentation_part_id', 'location']);
  },
  apiKeys: (account) => {
    const oneMore: OneMore = () => serving.apiKeys.createApiKey(account.call(), {});
    return account.fill(oneMore, 'api_keys', ['api_key_id', 'value_hash']);
  },
  usagePlans: (account) => {
    const oneMore: OneMore = () => serving.usagePlans.createUsagePlan(account.call(), { name: 'p' });
    return account.fill(oneMore, 'usage_plans', ['usage_plan_id']);
  },
  usagePlansOfKey: async (account) => {
    const { id: keyId } = await serving.apiKeys.createApiKey(account.call(), {});
    return fillOneByOne(QUOTAS.usagePlansOfKey.aws, async () => {
      const { id } = await serving.usagePlans.createUsagePlan(account.call(), { name: 'p' });
      const plan = { usagePlanId: id!, keyId: keyId!, keyType: 'API_KEY' };
      return serving.usagePlanKeys.createUsagePlanKey(account.call(), plan);
    });
  },
  methodThrottles: async (account) => {
    const { restApiId: apiId, stageName: stage } = await account.newStage();
    const { id } = await serving.usagePlans.createUsagePlan(account.call(), { name: 'p', apiStages: [{ apiId, stage }] });
    await account.fillMap('usage_plan_stages', 'throttle', (n) => [`/f${n}/GET`, { rateLimit: 1 }]);
    return (n) =>
      serving.usagePlans.updateUsagePlan(account.call(), {
        usagePlanId: id!,
        patchOperations: [{ op: 'replace', path: `/apiStages/${apiId}:${stage}/throttle/~1more${n}/GET/rateLimit`, value: '5' }],
      });
  },
  clientCertificates: (account) => {
    const oneMore: OneMore = () => clientCertificates.generateClientCertificate(account.call(), {});
    return account.fill(oneMore, 'client_certificates', ['client_certificate_id']);
  },
  vpcLinks: (account) => {
    const oneMore: OneMore = () => vpcLinks.createVpcLink(account.call(), { name: 'l', targetArns: [TARGET] });
    return account.fill(oneMore, 'vpc_links', ['vpc_link_id']);
  },
  domainNames: (account) => {
    const oneMore: OneMore = (n) => domainNames.createDomainName(account.call(), { domainName: `more${n}.example.com` });
    return account.fill(oneMore, 'domain_names', ['domain_name']);
  },
  functionVersions: async (account) => {
    const FunctionName = await account.newFunction();
    const oneMore: OneMore = async (n) => {
      // Only what changed becomes a version.
      await functions.updateFunctionConfiguration(account.call(), { FunctionName, Timeout: 10 + n });
      return versions.publishVersion(account.call(), { FunctionName });
    };
    return account.fill(oneMore, 'function_versions', ['version'], { besides: 1, where: "version <> '$LATEST'" });
  },
  functionAliases: async (account) => {
    const FunctionName = await account.newFunction();
    await versions.publishVersion(account.call(), { FunctionName });
    const oneMore: OneMore = (n) => aliases.createAlias(account.call(), { FunctionName, Name: `more${n}`, FunctionVersion: '1' });
    return account.fill(oneMore, 'function_aliases', ['alias_name']);
  },
  basePathMappings: async (account) => {
    const { restApiId } = await account.newApi();
    const domainName = 'mapped.example.com';
    await domainNames.createDomainName(account.call(), { domainName });
    const oneMore: OneMore = (n) =>
      mappings.createBasePathMapping(account.call(), { domainName, restApiId, basePath: `more${n}` });
    return account.fill(oneMore, 'base_path_mappings', ['base_path']);
  },
};

async function fillOneByOne(quota: number, oneMore: OneMore): Promise<OneMore> {
  for (let n = 1; n < quota; n++) await oneMore(0);
  return oneMore;
}

describe("AWS's quota holds to the last", () => {
  it.each(Object.keys(FILL).map((name, index) => [name as QuotaName, String(200_000_000_000 + index)] as const))(
    '%s',
    async (name, accountId) => {
      const oneMore = await FILL[name](new Account(name, accountId));
      expect(await refusal(oneMore(1))).toBe('no error');
      expect(await refusal(oneMore(2))).toBe(`LimitExceededException: ${quotaExceeded(name).message}`);
    },
  );
});
