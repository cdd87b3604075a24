/** The version of a function that can be changed. */
export const LATEST = '$LATEST';

/** Where a version stands in lists: `$LATEST` first, then by number. */
export const versionOrder = (version: string) => (version === LATEST ? 0 : Number(version));

/** The same in SQL, of a column. */
export const versionOrderOf = (column: string) => `CASE ${column} WHEN '${LATEST}' THEN 0 ELSE ${column}::integer END`;
