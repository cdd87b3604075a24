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

  @Get('/restapis/:restApiId/stages/:stageName/exports/:exportType')
  @HttpCode(200)
  @Operation('apigateway', 'GetExport', dto.GetExportRequest, dto.ExportResponse)
  getExport(@Call() call: AdminCall, @Input(dto.GetExportRequest) input: dto.GetExportRequest) {
    return this.operations.getExport(call, input);
  }
}
