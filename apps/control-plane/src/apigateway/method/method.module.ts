import { MethodsController, MethodsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { MethodsService } from './method.service.js';

@Module({ controllers: [MethodsController], providers: [{ provide: MethodsOperations, useClass: MethodsService }] })
export class MethodModule {}
