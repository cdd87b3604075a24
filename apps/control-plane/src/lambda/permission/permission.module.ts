import { PermissionsController, PermissionsOperations } from '@gatehouse/admin-contract/lambda';
import { Module } from '@nestjs/common';
import { PermissionsService } from './permission.service.js';

@Module({
  controllers: [PermissionsController],
  providers: [{ provide: PermissionsOperations, useClass: PermissionsService }],
})
export class PermissionModule {}
