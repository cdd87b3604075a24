/** What a request asks the backend for. */
export type Resource = 'small' | 'medium' | 'large' | 'upload';

/** One kind of request, driven over a number of connections. */
export interface Work {
  readonly resource: Resource;
  readonly connections: number;
}

export const LARGE_BYTES = 1_048_576;

/** Bytes of the answer's body. */
export const ANSWER_BYTES = { small: 100, medium: 10_240, large: LARGE_BYTES } as const;

const NAMES: Record<Resource, string> = { small: '100 bytes', medium: '10 KB', large: '1 MB', upload: '1 MB up' };

export function workName({ resource, connections }: Work): string {
  return `${NAMES[resource]}, ${connections} connection${connections === 1 ? '' : 's'}`;
}
