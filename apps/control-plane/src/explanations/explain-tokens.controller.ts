import { Call, Input, type AdminCall } from '@gatehouse/admin-contract';
import { EXPLAIN_HEADER, signExplainToken } from '@gatehouse/snapshot';
import { Controller, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Permission } from '../admin-api/permission.decorator.js';
import { findStage } from '../apigateway/stage/find-stage.js';
import { ControlPlaneConfig } from '../config.js';
import { CreatedExplainToken, CreateExplainTokenRequest, DEFAULT_LIFETIME_SECONDS } from './explain-token.dto.js';

/** Tokens with which gateways explain requests to one stage. */
@ApiTags('gatehouse: explanations')
@Controller('/gatehouse/restapis/:restApiId/stages/:stageName/explain-tokens')
export class ExplainTokensController {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {}

  @Post()
  @Permission('gatehouse:CreateExplainToken', 'arn:aws:apigateway:{region}::/restapis/{restApiId}/stages/{stageName}')
  @ApiParam({ name: 'restApiId' })
  @ApiParam({ name: 'stageName' })
  @ApiBody({ type: CreateExplainTokenRequest, required: false })
  @ApiResponse({ status: 201, type: CreatedExplainToken })
  async create(
    @Call() { scope }: AdminCall,
    @Input(CreateExplainTokenRequest)
    { restApiId, stageName, expiresInSeconds = DEFAULT_LIFETIME_SECONDS }: CreateExplainTokenRequest,
  ): Promise<CreatedExplainToken> {
    const stage = await findStage(this.database.manager, scope, restApiId, stageName);
    const expiresAt = Date.now() + expiresInSeconds * 1000;
    const grant = { ...scope, apiId: stage.apiId, stageName: stage.stageName, expiresAt };
    const token = signExplainToken(this.config.dataPlaneKey, grant);
    return { header: EXPLAIN_HEADER, token, expiresAt: new Date(expiresAt).toISOString() };
  }
}
