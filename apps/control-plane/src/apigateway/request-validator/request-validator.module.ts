import { RequestValidatorsController, RequestValidatorsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { RequestValidatorsService } from './request-validator.service.js';

@Module({
  controllers: [RequestValidatorsController],
  providers: [{ provide: RequestValidatorsOperations, useClass: RequestValidatorsService }],
})
export class RequestValidatorModule {}
