import type { EndpointConfigurationModel } from '@gatehouse/api-model';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

@Entity('rest_apis')
export class RestApiEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { nullable: true })
  version!: string | null;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('text', { name: 'api_key_source' })
  apiKeySource!: 'HEADER' | 'AUTHORIZER';

  @Column('boolean', { name: 'disable_execute_api_endpoint' })
  disableExecuteApiEndpoint!: boolean;

  @Column('jsonb', { name: 'endpoint_configuration' })
  endpointConfiguration!: EndpointConfigurationModel;

  @Column('jsonb', { name: 'binary_media_types' })
  binaryMediaTypes!: string[];

  @Column('integer', { name: 'minimum_compression_size', nullable: true })
  minimumCompressionSize!: number | null;

  @Column('text', { nullable: true })
  policy!: string | null;

  @Column('text', { name: 'security_policy', nullable: true })
  securityPolicy!: string | null;

  @Column('text', { name: 'endpoint_access_mode', nullable: true })
  endpointAccessMode!: string | null;

  @Column('text', { name: 'root_resource_id' })
  rootResourceId!: string;

  @Column('jsonb')
  tags!: Record<string, string>;
}
