import { VersionsController, VersionsOperations } from '@gatehouse/admin-contract/lambda';
import { Module } from '@nestjs/common';
import { VersionsService } from './version.service.js';

@Module({
  controllers: [VersionsController],
  providers: [{ provide: VersionsOperations, useClass: VersionsService }],
})
export class VersionModule {}
