import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

@Entity('api_keys')
@Index('api_keys_value', ['accountId', 'region', 'valueHash'], { unique: true })
@Index('api_keys_newest', ['accountId', 'region', 'createdDate', 'apiKeyId'])
// TypeORM cannot say expressions: the first hundreds of characters of the name, a hash of the customer.
@Index('api_keys_name', { synchronize: false })
@Index('api_keys_customer', { synchronize: false })
export class ApiKeyEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_key_id' })
  apiKeyId!: string;

  /** SHA-256 of the value, hexadecimal: keeps values unique and finds a key by its value. */
  @Column('text', { name: 'value_hash' })
  valueHash!: string;

  /** The value, sealed under the master key: AWS's API gives it back on `includeValue=true`. */
  @Column('text', { name: 'value_sealed' })
  valueSealed!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { name: 'customer_id', nullable: true })
  customerId!: string | null;

  @Column('boolean')
  enabled!: boolean;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('timestamptz', { name: 'last_updated_date' })
  lastUpdatedDate!: Date;

  @Column('jsonb')
  tags!: Record<string, string>;
}
