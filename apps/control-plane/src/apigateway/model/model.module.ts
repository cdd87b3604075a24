import { ModelsController, ModelsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { ModelsService } from './model.service.js';

@Module({ controllers: [ModelsController], providers: [{ provide: ModelsOperations, useClass: ModelsService }] })
export class ModelModule {}
