import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('models')
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'models_api',
  onDelete: 'CASCADE',
})
export class ModelEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text')
  name!: string;

  @Column('text', { name: 'model_id' })
  modelId!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { name: 'content_type' })
  contentType!: string;

  @Column('text', { nullable: true })
  schema!: string | null;
}
