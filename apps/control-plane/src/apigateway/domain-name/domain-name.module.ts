import { DomainNamesController, DomainNamesOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { DomainNamesService } from './domain-name.service.js';

@Module({
  controllers: [DomainNamesController],
  providers: [{ provide: DomainNamesOperations, useClass: DomainNamesService }],
})
export class DomainNameModule {}
