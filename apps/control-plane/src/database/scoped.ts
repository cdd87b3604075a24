import { PrimaryColumn } from 'typeorm';

/** Every table is owned by an account and a region, first in its primary key; the store always filters by both. */
export abstract class Scoped {
  @PrimaryColumn('text', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('text')
  region!: string;
}
