import { Module } from '@nestjs/common';
import { ExplainTokensController } from './explain-tokens.controller.js';

@Module({ controllers: [ExplainTokensController] })
export class ExplanationsModule {}
