import { sign } from '@gatehouse/sigv4';
import { ask, type Answer } from './http.js';
import { REGION, ROOT_KEY, type ControlPlane } from './product.js';

/** One signed admin request, for what the SDK does not know: Gatehouse's own paths, and requests that are wrong on purpose. */
export async function admin(controlPlane: ControlPlane, method: string, path: string, body?: string | object): Promise<Answer> {
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const headers: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
  const url = new URL(path, controlPlane.endpoint);
  const signed = sign({ method, url, headers, body: text }, ROOT_KEY, { region: REGION, service: 'apigateway' });
  return ask({ port: controlPlane.port, method, path, headers: signed, body: text });
}

/** Waits until every live gateway serves a publication. */
export async function served(controlPlane: ControlPlane, publicationId: string): Promise<void> {
  const answer = await admin(controlPlane, 'POST', `/gatehouse/publications/${publicationId}/wait`, { timeoutSeconds: 20 });
  const result = JSON.parse(answer.body) as { served?: boolean };
  if (answer.status !== 200 || result.served !== true)
    throw new Error(`publication ${publicationId}: ${answer.status} ${answer.body}`);
}
