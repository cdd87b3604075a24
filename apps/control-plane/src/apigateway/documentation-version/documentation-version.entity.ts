import type { DocumentationPartModel } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('documentation_versions')
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'documentation_versions_api',
  onDelete: 'CASCADE',
})
export class DocumentationVersionEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text')
  version!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('jsonb')
  parts!: DocumentationPartModel[];
}
