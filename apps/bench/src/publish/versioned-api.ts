import type { AdminClient } from '../admin-client.js';

export const STAGE = 'prod';
/** The header by which an answer tells which deployment it came from. */
export const VERSION_HEADER = 'x-version';

/** An API whose integration names its version in every answer, so that a gateway shows what it serves. */
export class VersionedApi {
  private constructor(
    private readonly admin: AdminClient,
    readonly apiId: string,
    private readonly method: string,
  ) {}

  /** Makes it and deploys version 0. */
  static async create(admin: AdminClient, name: string): Promise<VersionedApi> {
    const { id, rootResourceId } = await admin.call<{ id: string; rootResourceId: string }>('POST', '/restapis', { name });
    const method = `/restapis/${id}/resources/${rootResourceId}/methods/GET`;
    await admin.call('PUT', method, { authorizationType: 'NONE' });
    await admin.call('PUT', `${method}/responses/200`, {
      responseParameters: { [`method.response.header.${VERSION_HEADER}`]: false },
    });
    await admin.call('PUT', `${method}/integration`, {
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
    });
    const api = new VersionedApi(admin, id, method);
    await api.change(0);
    await api.deploy();
    return api;
  }

  /** Changes the integration, which no gateway sees before it is deployed. */
  async change(version: number): Promise<void> {
    await this.admin.call('PUT', `${this.method}/integration/responses/200`, {
      responseParameters: { [`method.response.header.${VERSION_HEADER}`]: `'${version}'` },
    });
  }

  async deploy(): Promise<void> {
    await this.admin.call('POST', `/restapis/${this.apiId}/deployments`, { stageName: STAGE });
  }

  /** Its path on any gateway. */
  get path(): string {
    return `/restapis/${this.apiId}/${STAGE}/_user_request_/`;
  }
}
