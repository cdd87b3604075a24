import { Call, Input, Member, type AdminCall } from '@gatehouse/admin-contract';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Permission } from '../../admin-api/permission.decorator.js';
import { DeploymentDiffs, type DeploymentDiff } from './deployment-diffs.service.js';

export class DiffDeploymentsRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  restApiId!: string;

  @Member({ type: 'string', in: 'uri', required: true })
  from!: string;

  @Member({ type: 'string', in: 'uri', required: true })
  to!: string;
}

const CHANGE = {
  type: 'object',
  required: ['subject', 'change'],
  properties: {
    subject: { type: 'string', example: 'GET /pets' },
    change: { type: 'string', enum: ['added', 'removed', 'changed'] },
    path: { type: 'string', description: 'JSON pointer within the subject', example: '/methodIntegration/uri' },
    from: { description: 'the value before' },
    to: { description: 'the value after' },
  },
};

/** What changes between two deployments of an API. Whoever may read both may read this. */
@ApiTags('gatehouse: deployments')
@Controller('/gatehouse/apis/:restApiId/deployments')
export class DeploymentDiffController {
  constructor(@Inject(DeploymentDiffs) private readonly diffs: DeploymentDiffs) {}

  @Get(':from/diff/:to')
  @Permission('apigateway:GET', 'arn:aws:apigateway:{region}::/restapis/{restApiId}/deployments')
  @ApiParam({ name: 'restApiId' })
  @ApiParam({ name: 'from' })
  @ApiParam({ name: 'to' })
  @ApiResponse({
    status: 200,
    schema: {
      type: 'object',
      properties: { from: { type: 'string' }, to: { type: 'string' }, changes: { type: 'array', items: CHANGE } },
    },
  })
  async diff(@Call() call: AdminCall, @Input(DiffDeploymentsRequest) input: DiffDeploymentsRequest): Promise<DeploymentDiff> {
    return this.diffs.diff(call, input);
  }
}
