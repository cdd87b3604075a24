import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('request_validators')
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'request_validators_api',
  onDelete: 'CASCADE',
})
export class RequestValidatorEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'request_validator_id' })
  requestValidatorId!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('boolean', { name: 'validate_request_body' })
  validateRequestBody!: boolean;

  @Column('boolean', { name: 'validate_request_parameters' })
  validateRequestParameters!: boolean;
}
