import { Call, Input, type AdminCall } from '@gatehouse/admin-contract';
import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Permission } from '../admin-api/permission.decorator.js';
import type { BearerTokenEntity } from './bearer-token.entity.js';
import { BearerTokens } from './bearer-tokens.service.js';
import {
  CreatedToken,
  CreateTokenRequest,
  DEFAULT_LIFETIME_SECONDS,
  DeleteTokenRequest,
  TokenList,
  type TokenDescription,
} from './token.dto.js';

const ALL_TOKENS = 'arn:aws:gatehouse:{region}:{accountId}:token/*';
const ONE_TOKEN = 'arn:aws:gatehouse:{region}:{accountId}:token/{tokenId}';

/** Bearer tokens of the calling principal. */
@ApiTags('gatehouse: tokens')
@Controller('/gatehouse/tokens')
export class TokensController {
  constructor(private readonly tokens: BearerTokens) {}

  @Post()
  @Permission('gatehouse:CreateToken', ALL_TOKENS)
  @ApiBody({ type: CreateTokenRequest, required: false })
  @ApiResponse({ status: 201, type: CreatedToken })
  async create(@Call() call: AdminCall, @Input(CreateTokenRequest) input: CreateTokenRequest): Promise<CreatedToken> {
    const { row, token } = await this.tokens.create(call, input.expiresInSeconds ?? DEFAULT_LIFETIME_SECONDS);
    return { ...describe(row), token };
  }

  @Get()
  @Permission('gatehouse:ListTokens', ALL_TOKENS)
  @ApiResponse({ status: 200, type: TokenList })
  async list(@Call() call: AdminCall): Promise<TokenList> {
    return { items: (await this.tokens.list(call)).map(describe) };
  }

  @Delete(':tokenId')
  @HttpCode(204)
  @Permission('gatehouse:DeleteToken', ONE_TOKEN)
  @ApiParam({ name: 'tokenId' })
  @ApiResponse({ status: 204 })
  async revoke(@Call() call: AdminCall, @Input(DeleteTokenRequest) { tokenId }: DeleteTokenRequest): Promise<void> {
    await this.tokens.revoke(call, tokenId);
  }
}

const describe = ({ tokenId, createdDate, expiresAt }: BearerTokenEntity): TokenDescription => ({
  tokenId,
  createdDate: createdDate.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
