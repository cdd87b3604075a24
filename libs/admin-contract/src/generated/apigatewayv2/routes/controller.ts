// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { RoutesOperations } from './operations.js';

@Controller()
export class RoutesController {
  constructor(@Inject(RoutesOperations) private readonly operations: RoutesOperations) {}

  @Post('/v2/apis/:apiId/routes')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateRoute', dto.CreateRouteRequest, dto.CreateRouteResult)
  createRoute(@Call() call: AdminCall, @Input(dto.CreateRouteRequest) input: dto.CreateRouteRequest) {
    return this.operations.createRoute(call, input);
  }

  @Delete('/v2/apis/:apiId/routes/:routeId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteRoute', dto.DeleteRouteRequest)
  deleteRoute(@Call() call: AdminCall, @Input(dto.DeleteRouteRequest) input: dto.DeleteRouteRequest) {
    return this.operations.deleteRoute(call, input);
  }

  @Delete('/v2/apis/:apiId/routes/:routeId/requestparameters/:requestParameterKey')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteRouteRequestParameter', dto.DeleteRouteRequestParameterRequest)
  deleteRouteRequestParameter(@Call() call: AdminCall, @Input(dto.DeleteRouteRequestParameterRequest) input: dto.DeleteRouteRequestParameterRequest) {
    return this.operations.deleteRouteRequestParameter(call, input);
  }

  @Get('/v2/apis/:apiId/routes/:routeId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetRoute', dto.GetRouteRequest, dto.GetRouteResult)
  getRoute(@Call() call: AdminCall, @Input(dto.GetRouteRequest) input: dto.GetRouteRequest) {
    return this.operations.getRoute(call, input);
  }

  @Get('/v2/apis/:apiId/routes')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetRoutes', dto.GetRoutesRequest, dto.GetRoutesResponse)
  getRoutes(@Call() call: AdminCall, @Input(dto.GetRoutesRequest) input: dto.GetRoutesRequest) {
    return this.operations.getRoutes(call, input);
  }

  @Patch('/v2/apis/:apiId/routes/:routeId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateRoute', dto.UpdateRouteRequest, dto.UpdateRouteResult)
  updateRoute(@Call() call: AdminCall, @Input(dto.UpdateRouteRequest) input: dto.UpdateRouteRequest) {
    return this.operations.updateRoute(call, input);
  }
}
