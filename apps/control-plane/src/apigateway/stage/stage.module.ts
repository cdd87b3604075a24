import { StagesController, StagesOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { StagesService } from './stage.service.js';

@Module({
  controllers: [StagesController],
  providers: [{ provide: StagesOperations, useClass: StagesService }],
})
export class StageModule {}
