import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('resources')
@Index('resources_sibling', ['accountId', 'region', 'apiId', 'parentId', 'pathPart'], { unique: true })
@ForeignKey(() => ResourceEntity, ['accountId', 'region', 'apiId', 'parentId'], ['accountId', 'region', 'apiId', 'resourceId'], {
  name: 'resources_parent',
  onDelete: 'CASCADE',
})
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'resources_api',
  onDelete: 'CASCADE',
})
export class ResourceEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'resource_id' })
  resourceId!: string;

  /** Null for the root resource only. */
  @Column('text', { name: 'parent_id', nullable: true })
  parentId!: string | null;

  @Column('text', { name: 'path_part', nullable: true })
  pathPart!: string | null;
}
