import type { AdminTransaction } from '../../database/unit-of-work.js';
import type { RestApiEntity } from '../rest-api/rest-api.entity.js';
import type { ImportFindings } from './import-findings.js';
import type { RestApiDocument } from './read-rest-api-document.js';

export type ImportMode = 'merge' | 'overwrite';

/** One import into an API whose lock is held: what every step of it works with. */
export interface Import extends Pick<RestApiDocument, 'definition' | 'modelFindings'> {
  transaction: AdminTransaction;
  api: RestApiEntity;
  mode: ImportMode;
  findings: ImportFindings;
}

/** Key of the API in the tables of its parts. */
export const keyOf = ({ api: { accountId, region, apiId } }: Pick<Import, 'api'>) => ({ accountId, region, apiId });
