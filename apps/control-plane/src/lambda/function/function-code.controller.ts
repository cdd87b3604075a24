import { AwsError } from '@gatehouse/aws-wire';
import { readCodeLocation } from '@gatehouse/lambda-contract';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { FUNCTION_CODE_ROUTE } from '../../admin-api/admin-request.js';
import { ControlPlaneConfig } from '../../config.js';
import { resourceNotFound } from '../refusals.js';
import { readCode } from './code-store.js';

/** Gives archives to whoever has a signed address of one: the handler is open, and the address is all that opens it. */
@ApiExcludeController()
@Controller()
export class FunctionCodeController {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {}

  @Get(FUNCTION_CODE_ROUTE)
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const name = readCodeLocation([this.config.dataPlaneKey], request.raw.url ?? '', Date.now());
    if (!name) throw new AwsError('AccessDeniedException', 'The address is not signed, or it has expired');
    const code = await readCode(this.database.manager, name);
    if (!code) throw resourceNotFound('The archive is there no more');
    await reply.header('content-type', 'application/zip').header('content-length', code.size).send(code.content);
  }
}
