import type { FunctionConfiguration } from '@gatehouse/admin-contract/lambda';
import { createArchive } from '@gatehouse/function-archive';
import { readDocument, writeDocument, type FunctionSnapshot } from '@gatehouse/snapshot';
import type { LimitsProfile } from '../config.js';
import { Serving } from '../apigateway/stage/serving.fixture.js';
import { testCall } from '../apigateway/rest-api/definition.fixture.js';
import { FunctionAccountService } from './account/function-account.service.js';
import { AliasesService } from './alias/alias.service.js';
import { ConcurrencyService } from './concurrency/concurrency.service.js';
import { FunctionsService } from './function/function.service.js';
import { readFunctions } from './function/load-function-documents.js';
import { PermissionsService } from './permission/permission.service.js';
import { FunctionTagsService } from './tag/function-tag.service.js';
import { VersionsService } from './version/version.service.js';

export const ROLE = 'arn:aws:iam::123456789012:role/any';

/** The services of functions, over a real database. */
export class Functions {
  readonly functions: FunctionsService;
  readonly versions: VersionsService;
  readonly aliases: AliasesService;
  readonly permissions: PermissionsService;
  readonly concurrency: ConcurrencyService;
  readonly tags: FunctionTagsService;
  readonly account: FunctionAccountService;
  readonly call = testCall();
  private made = 0;

  private constructor(readonly serving: Serving) {
    const { database } = serving.definition;
    const { unitOfWork, config } = serving;
    this.functions = new FunctionsService(database, unitOfWork, config);
    this.versions = new VersionsService(database, unitOfWork, config);
    this.aliases = new AliasesService(database, unitOfWork);
    this.permissions = new PermissionsService(database, unitOfWork);
    this.concurrency = new ConcurrencyService(database, unitOfWork);
    this.tags = new FunctionTagsService(database, unitOfWork);
    this.account = new FunctionAccountService(database, config);
  }

  static async open(url: string, limits: LimitsProfile = 'none'): Promise<Functions> {
    return new Functions(await Serving.open(url, 'refuse', limits));
  }

  get manager() {
    return this.serving.manager;
  }

  close(): Promise<void> {
    return this.serving.close();
  }

  /** An archive whose bytes depend on `text` only. */
  archive(text = 'exports.handler = async () => 1;'): Promise<Buffer> {
    return createArchive([{ path: 'index.js', content: text }]);
  }

  /** A request that makes a function of a name that is not there yet. */
  async request(more: object = {}) {
    const FunctionName = `f${this.made++}`;
    const Code = { ZipFile: await this.archive() };
    return { FunctionName, Role: ROLE, Runtime: 'nodejs22.x' as const, Handler: 'index.handler', Code, ...more };
  }

  async newFunction(more: object = {}, call = this.call): Promise<FunctionConfiguration & { FunctionName: string }> {
    const made = await this.functions.createFunction(call, await this.request(more));
    return { ...made, FunctionName: made.FunctionName! };
  }

  /** What functions processes read of a function; null when there is none. */
  async document(name: string, call = this.call): Promise<FunctionSnapshot | null> {
    const { atRestKey, dataPlaneKey } = this.serving;
    const made = await readFunctions(this.manager, call.scope, [name], { atRestKey, dataPlaneKey });
    const body = made.get(name)?.();
    if (!body) return null;
    const ref = { kind: 'function' as const, ...call.scope, key: name };
    const read = readDocument([dataPlaneKey], ref, writeDocument(dataPlaneKey, { ...ref, revision: 1, body }));
    return read.body as FunctionSnapshot;
  }

  /** Digests of the archives that are kept, hexadecimal. */
  async keptArchives(call = this.call): Promise<string[]> {
    const { accountId, region } = call.scope;
    const rows = await this.manager.query<{ sha256: string }[]>(
      'SELECT sha256 FROM function_code WHERE account_id = $1 AND region = $2 ORDER BY sha256',
      [accountId, region],
    );
    return rows.map(({ sha256 }) => sha256);
  }
}
