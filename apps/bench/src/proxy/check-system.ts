import { ask } from './ask.js';
import { answerBody } from './backend.js';
import { KEY_HEADER } from './surroundings.js';
import type { System } from './system.js';
import { ANSWER_BYTES, LARGE_BYTES } from './work.js';

/**
 * Makes sure that a system does what it is measured for: hands on every body whole in both directions, and lets nobody in without a key where it
 * asks for one. Throws when it does not.
 */
export async function checkSystem(system: System): Promise<void> {
  const fail = (what: string) => {
    throw new Error(`${system.name}: ${what}`);
  };
  for (const resource of Object.keys(ANSWER_BYTES) as (keyof typeof ANSWER_BYTES)[]) {
    const { status, body } = await ask(system, resource);
    if (status !== 200 || body !== answerBody(resource))
      fail(`${resource} was answered ${status} with ${body.length} characters that are not what the backend sends`);
  }
  const { status, body } = await ask(system, 'upload');
  if (status !== 200 || !(Number(body) >= LARGE_BYTES)) fail(`an upload was answered ${status}; the backend received ${body}`);
  if (system.headers[KEY_HEADER] === undefined) return;
  const unknown = await ask({ ...system, headers: { ...system.headers, [KEY_HEADER]: 'unknown' } }, 'small');
  if (unknown.status !== 403) fail(`an unknown API key was answered ${unknown.status}`);
}
