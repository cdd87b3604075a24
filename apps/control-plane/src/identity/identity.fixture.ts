import { createDatabase } from '@gatehouse/testing';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { AdminApiModule } from '../admin-api/admin-api.module.js';
import { createApplication } from '../admin-api/create-application.js';
import { unbuiltGroups } from '../admin-api/unbuilt-groups.js';
import { ConfigModule } from '../config.module.js';
import type { ControlPlaneConfig } from '../config.js';
import { openDatabase } from '../database/data-source.js';
import { IdentityModule } from './identity.module.js';

export const ROOT_KEY = { accessKeyId: 'AKIAROOTKEYOFATEST22', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

export interface Answer {
  status: number;
  type: string | undefined;
  body: unknown;
}

export interface RawRequest {
  method?: string;
  /** Sent as it is. */
  target: string;
  headers?: Record<string, string> | string[];
  body?: string;
}

/** A database of its own with the configuration of a control plane on it. */
export async function identityEnvironment(more: Record<string, string> = {}) {
  const database = await createDatabase();
  const dataDirectory = join(mkdtempSync(join(tmpdir(), 'identity-')), 'data');
  const env = {
    DATABASE_URL: database.url,
    REDIS_URL: 'redis://127.0.0.1:1',
    GATEHOUSE_DATA_DIR: dataDirectory,
    GATEHOUSE_ADMIN_PORT: '0',
    ...more,
  };
  return { database, dataDirectory, env };
}

/** The admin API with nothing behind it but identity, listening on a free port of the loopback address. */
export class IdentityServer {
  private constructor(
    private readonly app: NestFastifyApplication,
    readonly database: DataSource,
    readonly url: URL,
  ) {}

  static async start(config: ControlPlaneConfig): Promise<IdentityServer> {
    const database = await openDatabase(config.databaseUrl);
    try {
      const app = await createApplication(applicationOf(config, database));
      await app.listen(config.port, config.host);
      return new IdentityServer(app, database, new URL(await app.getUrl()));
    } catch (error) {
      await database.destroy();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.destroy();
  }

  /** Sends a request as it is, without a client that tidies it up. */
  send({ method = 'GET', target, headers = {}, body }: RawRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.url;
      const request = httpRequest({ host: hostname, port, method, path: target, headers, setHost: !Array.isArray(headers) });
      request.on('error', reject).on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const json = text !== '' && response.headers['content-type']?.includes('application/json');
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['x-amzn-errortype']?.toString(),
            body: json ? (JSON.parse(text) as unknown) : text,
          });
        });
      });
      request.end(body);
    });
  }
}

function applicationOf(config: ControlPlaneConfig, database: DataSource): DynamicModule {
  class Database {}
  class IdentityTest {}
  const databaseModule = {
    module: Database,
    global: true,
    providers: [{ provide: DataSource, useValue: database }],
    exports: [DataSource],
  };
  return {
    module: IdentityTest,
    imports: [ConfigModule.register(config), databaseModule, AdminApiModule, IdentityModule, unbuiltGroups([])],
  };
}

/** The lines of a shared credentials file's default profile. */
export function readCredentials(path: string): Map<string, string> {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  if (head !== '[default]') throw new Error(`${path} does not begin with [default]`);
  return new Map(lines.map((line) => line.split(' = ') as [string, string]));
}
