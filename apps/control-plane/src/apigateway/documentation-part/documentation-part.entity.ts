import type { DocumentationLocation } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('documentation_parts')
@Index('documentation_parts_location', ['accountId', 'region', 'apiId', 'location'], { unique: true })
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'documentation_parts_api',
  onDelete: 'CASCADE',
})
export class DocumentationPartEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'documentation_part_id' })
  documentationPartId!: string;

  @Column('jsonb')
  location!: DocumentationLocation;

  @Column('text')
  properties!: string;
}
