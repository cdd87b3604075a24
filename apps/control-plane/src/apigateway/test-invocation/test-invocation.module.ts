import { Module } from '@nestjs/common';
import { GatewayTests } from './gateway-tests.js';

@Module({ providers: [GatewayTests], exports: [GatewayTests] })
export class TestInvocationModule {}
