// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { ClientCertificatesOperations } from './operations.js';

@Controller()
export class ClientCertificatesController {
  constructor(@Inject(ClientCertificatesOperations) private readonly operations: ClientCertificatesOperations) {}

  @Delete('/clientcertificates/:clientCertificateId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteClientCertificate', dto.DeleteClientCertificateRequest)
  deleteClientCertificate(@Call() call: AdminCall, @Input(dto.DeleteClientCertificateRequest) input: dto.DeleteClientCertificateRequest) {
    return this.operations.deleteClientCertificate(call, input);
  }

  @Post('/clientcertificates')
  @HttpCode(201)
  @Operation('apigateway', 'GenerateClientCertificate', dto.GenerateClientCertificateRequest, dto.ClientCertificate)
  generateClientCertificate(@Call() call: AdminCall, @Input(dto.GenerateClientCertificateRequest) input: dto.GenerateClientCertificateRequest) {
    return this.operations.generateClientCertificate(call, input);
  }

  @Get('/clientcertificates/:clientCertificateId')
  @HttpCode(200)
  @Operation('apigateway', 'GetClientCertificate', dto.GetClientCertificateRequest, dto.ClientCertificate)
  getClientCertificate(@Call() call: AdminCall, @Input(dto.GetClientCertificateRequest) input: dto.GetClientCertificateRequest) {
    return this.operations.getClientCertificate(call, input);
  }

  @Get('/clientcertificates')
  @HttpCode(200)
  @Operation('apigateway', 'GetClientCertificates', dto.GetClientCertificatesRequest, dto.ClientCertificates)
  getClientCertificates(@Call() call: AdminCall, @Input(dto.GetClientCertificatesRequest) input: dto.GetClientCertificatesRequest) {
    return this.operations.getClientCertificates(call, input);
  }

  @Patch('/clientcertificates/:clientCertificateId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateClientCertificate', dto.UpdateClientCertificateRequest, dto.ClientCertificate)
  updateClientCertificate(@Call() call: AdminCall, @Input(dto.UpdateClientCertificateRequest) input: dto.UpdateClientCertificateRequest) {
    return this.operations.updateClientCertificate(call, input);
  }
}
