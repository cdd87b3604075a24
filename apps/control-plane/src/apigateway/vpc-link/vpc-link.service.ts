import type { AdminCall } from '@gatehouse/admin-contract';
import {
  VpcLinksOperations,
  type CreateVpcLinkRequest,
  type DeleteVpcLinkRequest,
  type GetVpcLinkRequest,
  type GetVpcLinksRequest,
  type UpdateVpcLinkRequest,
  type VpcLink,
  type VpcLinks,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest, longId } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { checkTags } from '../tag/tag-rules.js';
import { lockVpcLink, unknownVpcLink } from './find-vpc-link.js';
import { noteVpcLinks } from './note-vpc-links.js';
import { refuseWhileReferenced } from './refuse-while-referenced.js';
import { checkName, checkTargetArns } from './vpc-link-rules.js';
import { VpcLinkEntity } from './vpc-link.entity.js';
import { vpcLinkPatch } from './vpc-link.patch.js';
import { vpcLinkView } from './vpc-link.view.js';

@Injectable()
export class VpcLinksService extends VpcLinksOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async createVpcLink(call: AdminCall, input: CreateVpcLinkRequest): Promise<VpcLink> {
    const link: VpcLinkEntity = {
      ...call.scope,
      vpcLinkId: longId(),
      name: checkName(input.name),
      description: input.description || null,
      targetArns: checkTargetArns(input.targetArns),
      createdDate: new Date(),
      tags: checkTags(input.tags ?? {}),
    };
    await this.unitOfWork.run(call, async (transaction) => {
      await transaction.requireRoom('vpcLinks', VpcLinkEntity);
      await transaction.manager.insert(VpcLinkEntity, link);
    });
    return vpcLinkView(link, { status: 'PENDING', withEmptyTags: false });
  }

  override async getVpcLink(call: AdminCall, input: GetVpcLinkRequest): Promise<VpcLink> {
    const link = await this.database.manager.findOneBy(VpcLinkEntity, { ...call.scope, vpcLinkId: input.vpcLinkId });
    if (!link) throw unknownVpcLink();
    return vpcLinkView(link, { status: 'AVAILABLE', withEmptyTags: true });
  }

  /** In the order of creation. */
  override async getVpcLinks(call: AdminCall, input: GetVpcLinksRequest): Promise<VpcLinks> {
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = this.database.manager
      .createQueryBuilder(VpcLinkEntity, 'link')
      .where({ ...call.scope })
      .orderBy({ 'link.createdDate': 'ASC', 'link.vpcLinkId': 'ASC' })
      .take(limit + 1);
    if (after) query.andWhere('(link.createdDate, link.vpcLinkId) > (:date, :id)', { date: after[0], id: after[1] });
    const page = pageOf(await query.getMany(), limit, (link) => [link.createdDate.toISOString(), link.vpcLinkId]);
    const item = page.items.map((link) => vpcLinkView(link, { status: 'AVAILABLE', withEmptyTags: false }));
    return { item, position: page.position };
  }

  override async updateVpcLink(call: AdminCall, input: UpdateVpcLinkRequest): Promise<VpcLink> {
    return this.unitOfWork.run(call, async (transaction) => {
      const link = await lockVpcLink(transaction, input.vpcLinkId);
      if (input.patchOperations?.some(({ path }) => path?.startsWith('/targetArns'))) {
        throw badRequest('Target arns are not allowed to be changed/added.');
      }
      const patched = applyPatch(vpcLinkPatch, link, input.patchOperations);
      const { vpcLinkId, name, description } = patched;
      await transaction.manager.update(VpcLinkEntity, { ...call.scope, vpcLinkId }, { name, description });
      return vpcLinkView(patched, { status: 'AVAILABLE', withEmptyTags: true });
    });
  }

  override async deleteVpcLink(call: AdminCall, input: DeleteVpcLinkRequest): Promise<void> {
    await noteVpcLinks(this.database, call.scope);
    await this.unitOfWork.run(call, async (transaction) => {
      const { vpcLinkId } = await lockVpcLink(transaction, input.vpcLinkId);
      await refuseWhileReferenced(transaction, vpcLinkId);
      await transaction.manager.delete(VpcLinkEntity, { ...call.scope, vpcLinkId });
    });
  }
}
