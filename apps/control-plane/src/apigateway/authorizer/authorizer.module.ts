import { AuthorizersController, AuthorizersOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { TestInvocationModule } from '../test-invocation/test-invocation.module.js';
import { AuthorizersService } from './authorizer.service.js';

@Module({
  imports: [TestInvocationModule],
  controllers: [AuthorizersController],
  providers: [{ provide: AuthorizersOperations, useClass: AuthorizersService }],
})
export class AuthorizerModule {}
