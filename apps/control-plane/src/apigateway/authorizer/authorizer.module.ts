import { AuthorizersController, AuthorizersOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { AuthorizersService } from './authorizer.service.js';

@Module({ controllers: [AuthorizersController], providers: [{ provide: AuthorizersOperations, useClass: AuthorizersService }] })
export class AuthorizerModule {}
