import type { AdminCall } from '@gatehouse/admin-contract';
import { ExportsOperations, type ExportResponse, type GetExportRequest } from '@gatehouse/admin-contract/apigateway';
import { exportOpenApi, printDocument, type ExportedDocumentation } from '@gatehouse/openapi';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DeploymentEntity } from '../deployment/deployment.entity.js';
import { DocumentationVersionEntity } from '../documentation-version/documentation-version.entity.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { findStage } from '../stage/find-stage.js';
import type { StageEntity } from '../stage/stage.entity.js';
import { exportExtensions, exportMediaType, exportTypeOf } from './export-request.js';

@Injectable()
export class ExportsService extends ExportsOperations {
  constructor(@Inject(DataSource) private readonly database: DataSource) {
    super();
  }

  /** What the stage serves, that is its deployment (a canary's is not exported), with the documentation version that it names. */
  override async getExport(call: AdminCall, input: GetExportRequest): Promise<ExportResponse> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const stage = await findStage(manager, call.scope, apiId, input.stageName);
    const type = exportTypeOf(input.exportType);
    const mediaType = exportMediaType(input.accepts);
    const extensions = exportExtensions(input.parameters?.['extensions']);
    const { deploymentId } = stage;
    const { model } = await manager.findOneOrFail(DeploymentEntity, { where: { ...call.scope, apiId, deploymentId } });
    const document = exportOpenApi(model, {
      type,
      host: `${apiId}.execute-api.${call.scope.region}.amazonaws.com`,
      stageName: stage.stageName,
      extensions,
      documentation: await documentationOf(manager, call.scope, stage),
    });
    const name = `${fileName(type, model.version ?? model.createdDate)}.${mediaType === 'application/yaml' ? 'yaml' : 'json'}`;
    return {
      contentType: 'application/octet-stream',
      contentDisposition: `attachment; filename="${name}"`,
      body: Buffer.from(printDocument(document, mediaType)),
    };
  }
}

async function documentationOf(
  manager: EntityManager,
  scope: Scope,
  { apiId, documentationVersion: version }: StageEntity,
): Promise<ExportedDocumentation | undefined> {
  const found = version === null ? null : await manager.findOneBy(DocumentationVersionEntity, { ...scope, apiId, version });
  if (!found) return undefined;
  return { version: found.version, createdDate: found.createdDate.toISOString().replace(/\.\d+/, ''), parts: found.parts };
}

/** A version is any text; in a header it is a name of a file. */
const fileName = (type: string, version: string) => `${type}_${version}`.replace(/[^\w.:+-]/g, '_');
