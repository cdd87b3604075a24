import { RestApisController, RestApisOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { RestApisService } from './rest-api.service.js';

@Module({ controllers: [RestApisController], providers: [{ provide: RestApisOperations, useClass: RestApisService }] })
export class RestApiModule {}
