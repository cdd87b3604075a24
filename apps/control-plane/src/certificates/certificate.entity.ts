import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../database/scoped.js';

@Entity('certificates')
@Index('certificates_newest', ['accountId', 'region', 'createdDate', 'certificateId'])
export class CertificateEntity extends Scoped {
  /** UUID; the last part of the ARN. */
  @PrimaryColumn('text', { name: 'certificate_id' })
  certificateId!: string;

  /** PEM: the certificate itself, then each time the one that signed it. Everything else that is told of a certificate is read from it. */
  @Column('text', { name: 'certificate_chain' })
  certificateChain!: string;

  /** PKCS #8 in PEM, sealed under the master key. */
  @Column('text', { name: 'private_key_sealed' })
  privateKeySealed!: string;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  /** When chain and key were last replaced. */
  @Column('timestamptz', { name: 'last_updated_date' })
  lastUpdatedDate!: Date;

  /** It came with a domain name, and goes with the last one that uses it; others stay until they are removed. */
  @Column('boolean', { name: 'came_with_domain' })
  cameWithDomain!: boolean;
}
