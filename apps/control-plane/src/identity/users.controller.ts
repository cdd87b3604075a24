import { Call, Input, type AdminCall } from '@gatehouse/admin-contract';
import { Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBody, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Permission } from '../admin-api/permission.decorator.js';
import {
  AccessKeyDescription,
  AccessKeyList,
  CreatedAccessKey,
  CreateUserRequest,
  ListUsersRequest,
  NameAccessKeyRequest,
  NamePolicyRequest,
  NameUserRequest,
  PolicyDescription,
  PolicyList,
  PutPolicyRequest,
  UpdateAccessKeyRequest,
  UserDescription,
  UserList,
} from './user.dto.js';
import { accessKeyView, policyView, userView } from './user.view.js';
import { Users } from './users.service.js';

/** The actions and ARNs are IAM's, so that policies written for it hold here. */
const ALL_USERS = 'arn:aws:iam::{accountId}:user/*';
const ONE_USER = 'arn:aws:iam::{accountId}:user/{userName}';

/** Users who sign requests: to methods of AWS_IAM, and to this API. */
@ApiTags('gatehouse: principals')
@Controller('/gatehouse/principals')
export class UsersController {
  constructor(private readonly users: Users) {}

  @Post()
  @Permission('iam:CreateUser', ALL_USERS)
  @ApiBody({ type: CreateUserRequest })
  @ApiResponse({ status: 201, type: UserDescription })
  async create(@Call() call: AdminCall, @Input(CreateUserRequest) { userName }: CreateUserRequest): Promise<UserDescription> {
    return userView(await this.users.create(call, userName));
  }

  @Get()
  @Permission('iam:ListUsers', ALL_USERS)
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'position', required: false })
  @ApiResponse({ status: 200, type: UserList })
  async list(@Call() call: AdminCall, @Input(ListUsersRequest) input: ListUsersRequest): Promise<UserList> {
    const { items, ...rest } = await this.users.list(call, input);
    return { items: items.map(userView), ...rest };
  }

  @Get(':userName')
  @Permission('iam:GetUser', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiResponse({ status: 200, type: UserDescription })
  async get(@Call() call: AdminCall, @Input(NameUserRequest) { userName }: NameUserRequest): Promise<UserDescription> {
    return userView(await this.users.get(call, userName));
  }

  @Delete(':userName')
  @HttpCode(204)
  @Permission('iam:DeleteUser', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiResponse({ status: 204 })
  async delete(@Call() call: AdminCall, @Input(NameUserRequest) { userName }: NameUserRequest): Promise<void> {
    await this.users.delete(call, userName);
  }

  @Post(':userName/access-keys')
  @Permission('iam:CreateAccessKey', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiResponse({ status: 201, type: CreatedAccessKey })
  async createAccessKey(
    @Call() call: AdminCall,
    @Input(NameUserRequest) { userName }: NameUserRequest,
  ): Promise<CreatedAccessKey> {
    const { row, secretAccessKey } = await this.users.createAccessKey(call, userName);
    return { ...accessKeyView(row), secretAccessKey };
  }

  @Get(':userName/access-keys')
  @Permission('iam:ListAccessKeys', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiResponse({ status: 200, type: AccessKeyList })
  async listAccessKeys(@Call() call: AdminCall, @Input(NameUserRequest) { userName }: NameUserRequest): Promise<AccessKeyList> {
    return { items: (await this.users.listAccessKeys(call, userName)).map(accessKeyView) };
  }

  @Put(':userName/access-keys/:accessKeyId')
  @Permission('iam:UpdateAccessKey', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiParam({ name: 'accessKeyId' })
  @ApiBody({ type: UpdateAccessKeyRequest })
  @ApiResponse({ status: 200, type: AccessKeyDescription })
  async updateAccessKey(
    @Call() call: AdminCall,
    @Input(UpdateAccessKeyRequest) { userName, accessKeyId, status }: UpdateAccessKeyRequest,
  ): Promise<AccessKeyDescription> {
    return accessKeyView(await this.users.updateAccessKey(call, userName, accessKeyId, status));
  }

  @Delete(':userName/access-keys/:accessKeyId')
  @HttpCode(204)
  @Permission('iam:DeleteAccessKey', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiParam({ name: 'accessKeyId' })
  @ApiResponse({ status: 204 })
  async deleteAccessKey(
    @Call() call: AdminCall,
    @Input(NameAccessKeyRequest) { userName, accessKeyId }: NameAccessKeyRequest,
  ): Promise<void> {
    await this.users.deleteAccessKey(call, userName, accessKeyId);
  }

  @Put(':userName/policies/:policyName')
  @Permission('iam:PutUserPolicy', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiParam({ name: 'policyName' })
  @ApiBody({ type: PutPolicyRequest })
  @ApiResponse({ status: 200, type: PolicyDescription })
  async putPolicy(
    @Call() call: AdminCall,
    @Input(PutPolicyRequest) { userName, policyName, policyDocument }: PutPolicyRequest,
  ): Promise<PolicyDescription> {
    return policyView(await this.users.putPolicy(call, userName, policyName, policyDocument));
  }

  @Get(':userName/policies')
  @Permission('iam:ListUserPolicies', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiResponse({ status: 200, type: PolicyList })
  async listPolicies(@Call() call: AdminCall, @Input(NameUserRequest) { userName }: NameUserRequest): Promise<PolicyList> {
    return { items: (await this.users.listPolicies(call, userName)).map(policyView) };
  }

  @Get(':userName/policies/:policyName')
  @Permission('iam:GetUserPolicy', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiParam({ name: 'policyName' })
  @ApiResponse({ status: 200, type: PolicyDescription })
  async getPolicy(
    @Call() call: AdminCall,
    @Input(NamePolicyRequest) { userName, policyName }: NamePolicyRequest,
  ): Promise<PolicyDescription> {
    return policyView(await this.users.getPolicy(call, userName, policyName));
  }

  @Delete(':userName/policies/:policyName')
  @HttpCode(204)
  @Permission('iam:DeleteUserPolicy', ONE_USER)
  @ApiParam({ name: 'userName' })
  @ApiParam({ name: 'policyName' })
  @ApiResponse({ status: 204 })
  async deletePolicy(
    @Call() call: AdminCall,
    @Input(NamePolicyRequest) { userName, policyName }: NamePolicyRequest,
  ): Promise<void> {
    await this.users.deletePolicy(call, userName, policyName);
  }
}
