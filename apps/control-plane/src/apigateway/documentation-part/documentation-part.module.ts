import { DocumentationPartsController, DocumentationPartsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { DocumentationPartsService } from './documentation-part.service.js';

@Module({
  controllers: [DocumentationPartsController],
  providers: [{ provide: DocumentationPartsOperations, useClass: DocumentationPartsService }],
})
export class DocumentationPartModule {}
