import { ExportsController, ExportsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { ExportsService } from './export.service.js';

@Module({
  controllers: [ExportsController],
  providers: [{ provide: ExportsOperations, useClass: ExportsService }],
})
export class ExportModule {}
