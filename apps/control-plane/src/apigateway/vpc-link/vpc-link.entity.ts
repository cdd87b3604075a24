import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

@Entity('vpc_links')
export class VpcLinkEntity extends Scoped {
  @PrimaryColumn('text', { name: 'vpc_link_id' })
  vpcLinkId!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('jsonb', { name: 'target_arns' })
  targetArns!: string[];

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('jsonb')
  tags!: Record<string, string>;
}
