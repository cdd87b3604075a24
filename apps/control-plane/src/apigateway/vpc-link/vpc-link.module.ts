import { VpcLinksController, VpcLinksOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { VpcLinksService } from './vpc-link.service.js';

@Module({ controllers: [VpcLinksController], providers: [{ provide: VpcLinksOperations, useClass: VpcLinksService }] })
export class VpcLinkModule {}
