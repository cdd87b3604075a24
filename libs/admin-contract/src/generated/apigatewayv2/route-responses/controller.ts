// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { RouteResponsesOperations } from './operations.js';

@Controller()
export class RouteResponsesController {
  constructor(@Inject(RouteResponsesOperations) private readonly operations: RouteResponsesOperations) {}

  @Post('/v2/apis/:apiId/routes/:routeId/routeresponses')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateRouteResponse', dto.CreateRouteResponseRequest, dto.CreateRouteResponseResponse)
  createRouteResponse(@Call() call: AdminCall, @Input(dto.CreateRouteResponseRequest) input: dto.CreateRouteResponseRequest) {
    return this.operations.createRouteResponse(call, input);
  }

  @Delete('/v2/apis/:apiId/routes/:routeId/routeresponses/:routeResponseId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteRouteResponse', dto.DeleteRouteResponseRequest)
  deleteRouteResponse(@Call() call: AdminCall, @Input(dto.DeleteRouteResponseRequest) input: dto.DeleteRouteResponseRequest) {
    return this.operations.deleteRouteResponse(call, input);
  }

  @Get('/v2/apis/:apiId/routes/:routeId/routeresponses/:routeResponseId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetRouteResponse', dto.GetRouteResponseRequest, dto.GetRouteResponseResponse)
  getRouteResponse(@Call() call: AdminCall, @Input(dto.GetRouteResponseRequest) input: dto.GetRouteResponseRequest) {
    return this.operations.getRouteResponse(call, input);
  }

  @Get('/v2/apis/:apiId/routes/:routeId/routeresponses')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetRouteResponses', dto.GetRouteResponsesRequest, dto.GetRouteResponsesResponse)
  getRouteResponses(@Call() call: AdminCall, @Input(dto.GetRouteResponsesRequest) input: dto.GetRouteResponsesRequest) {
    return this.operations.getRouteResponses(call, input);
  }

  @Patch('/v2/apis/:apiId/routes/:routeId/routeresponses/:routeResponseId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateRouteResponse', dto.UpdateRouteResponseRequest, dto.UpdateRouteResponseResponse)
  updateRouteResponse(@Call() call: AdminCall, @Input(dto.UpdateRouteResponseRequest) input: dto.UpdateRouteResponseRequest) {
    return this.operations.updateRouteResponse(call, input);
  }
}
