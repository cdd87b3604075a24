import { ResourcesController, ResourcesOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { ResourcesService } from './resource.service.js';

@Module({ controllers: [ResourcesController], providers: [{ provide: ResourcesOperations, useClass: ResourcesService }] })
export class ResourceModule {}
