import { TagsController, TagsOperations } from '@gatehouse/admin-contract/lambda';
import { Module } from '@nestjs/common';
import { FunctionTagsService } from './function-tag.service.js';

@Module({
  controllers: [TagsController],
  providers: [{ provide: TagsOperations, useClass: FunctionTagsService }],
})
export class FunctionTagModule {}
