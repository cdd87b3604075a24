// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { PortalsOperations } from './operations.js';

@Controller()
export class PortalsController {
  constructor(@Inject(PortalsOperations) private readonly operations: PortalsOperations) {}

  @Post('/v2/portals')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreatePortal', dto.CreatePortalRequest, dto.CreatePortalResponse)
  createPortal(@Call() call: AdminCall, @Input(dto.CreatePortalRequest) input: dto.CreatePortalRequest) {
    return this.operations.createPortal(call, input);
  }

  @Delete('/v2/portals/:portalId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeletePortal', dto.DeletePortalRequest)
  deletePortal(@Call() call: AdminCall, @Input(dto.DeletePortalRequest) input: dto.DeletePortalRequest) {
    return this.operations.deletePortal(call, input);
  }

  @Delete('/v2/portals/:portalId/publish')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DisablePortal', dto.DisablePortalRequest)
  disablePortal(@Call() call: AdminCall, @Input(dto.DisablePortalRequest) input: dto.DisablePortalRequest) {
    return this.operations.disablePortal(call, input);
  }

  @Get('/v2/portals/:portalId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetPortal', dto.GetPortalRequest, dto.GetPortalResponse)
  getPortal(@Call() call: AdminCall, @Input(dto.GetPortalRequest) input: dto.GetPortalRequest) {
    return this.operations.getPortal(call, input);
  }

  @Get('/v2/portals')
  @HttpCode(200)
  @Operation('apigatewayv2', 'ListPortals', dto.ListPortalsRequest, dto.ListPortalsResponse)
  listPortals(@Call() call: AdminCall, @Input(dto.ListPortalsRequest) input: dto.ListPortalsRequest) {
    return this.operations.listPortals(call, input);
  }

  @Post('/v2/portals/:portalId/preview')
  @HttpCode(202)
  @Operation('apigatewayv2', 'PreviewPortal', dto.PreviewPortalRequest, dto.PreviewPortalResponse)
  previewPortal(@Call() call: AdminCall, @Input(dto.PreviewPortalRequest) input: dto.PreviewPortalRequest) {
    return this.operations.previewPortal(call, input);
  }

  @Post('/v2/portals/:portalId/publish')
  @HttpCode(202)
  @Operation('apigatewayv2', 'PublishPortal', dto.PublishPortalRequest, dto.PublishPortalResponse)
  publishPortal(@Call() call: AdminCall, @Input(dto.PublishPortalRequest) input: dto.PublishPortalRequest) {
    return this.operations.publishPortal(call, input);
  }

  @Patch('/v2/portals/:portalId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdatePortal', dto.UpdatePortalRequest, dto.UpdatePortalResponse)
  updatePortal(@Call() call: AdminCall, @Input(dto.UpdatePortalRequest) input: dto.UpdatePortalRequest) {
    return this.operations.updatePortal(call, input);
  }
}
