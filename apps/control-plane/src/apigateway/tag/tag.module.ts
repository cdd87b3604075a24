import { TagsController, TagsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { TagsService } from './tag.service.js';

@Module({ controllers: [TagsController], providers: [{ provide: TagsOperations, useClass: TagsService }] })
export class TagModule {}
