import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

@Entity('client_certificates')
export class ClientCertificateEntity extends Scoped {
  @PrimaryColumn('text', { name: 'client_certificate_id' })
  clientCertificateId!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  /** The public part, which backends are given to trust. */
  @Column('text', { name: 'pem_encoded_certificate' })
  pemEncodedCertificate!: string;

  /** PKCS #8 as PEM, sealed under the master key. */
  @Column('text', { name: 'private_key_sealed' })
  privateKeySealed!: string;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('timestamptz', { name: 'expiration_date' })
  expirationDate!: Date;

  @Column('jsonb')
  tags!: Record<string, string>;
}
