// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Get } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { ExportsOperations } from './operations.js';

@Controller()
export class ExportsController {
  constructor(@Inject(ExportsOperations) private readonly operations: ExportsOperations) {}

  @Get('/v2/apis/:apiId/exports/:specification')
  @HttpCode(200)
  @Operation('apigatewayv2', 'ExportApi', dto.ExportApiRequest, dto.ExportApiResponse)
  exportApi(@Call() call: AdminCall, @Input(dto.ExportApiRequest) input: dto.ExportApiRequest) {
    return this.operations.exportApi(call, input);
  }
}
