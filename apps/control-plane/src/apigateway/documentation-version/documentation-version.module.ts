import { DocumentationVersionsController, DocumentationVersionsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { DocumentationVersionsService } from './documentation-version.service.js';

@Module({
  controllers: [DocumentationVersionsController],
  providers: [{ provide: DocumentationVersionsOperations, useClass: DocumentationVersionsService }],
})
export class DocumentationVersionModule {}
