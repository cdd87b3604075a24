import {
  DomainNameAccessAssociationsController,
  DomainNameAccessAssociationsOperations,
} from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { DomainNameAccessAssociationsService } from './domain-name-access-association.service.js';

@Module({
  controllers: [DomainNameAccessAssociationsController],
  providers: [{ provide: DomainNameAccessAssociationsOperations, useClass: DomainNameAccessAssociationsService }],
})
export class DomainNameAccessAssociationModule {}
