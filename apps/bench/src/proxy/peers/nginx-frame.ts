import path from 'node:path';
import type { Surroundings } from '../surroundings.js';

/** Files that an nginx has open beside connections. */
const OTHER_FILES = 100;

/** A whole nginx configuration around the contents of its `http` block: one worker, in the foreground, all files in the benchmark's directory. */
export function nginxFrame(
  name: string,
  { directory, openFiles }: Pick<Surroundings, 'directory' | 'openFiles'>,
  http: string,
): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${path.join(directory, `${name}-${kind}`)};`)
    .join('\n');
  return `daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${path.join(directory, `${name}.pid`)};
error_log stderr error;
events {
  worker_connections ${Math.min(openFiles - OTHER_FILES, 16_384)};
}
http {
${temporary}
${http}
}
`;
}
