import type { TestInvocation } from '@gatehouse/snapshot';
import type { Limiter } from '@gatehouse/throttling';
import type { OpenLiteral } from '../integration-request/parameter-value.js';
import { DecisionCache } from '../method-request/authorization/decision-cache.js';
import type { ConsumerDirectory } from '../stage/consumer-directory.js';
import { ServedDeployment, type ServedRoute } from '../stage/served-deployment.js';
import { ServedStage, type PipelineServices } from '../stage/served-stage.js';
import type { ClientCertificate } from '../upstream/upstream.js';

/** A test counts under no limit and uses up nothing. */
const UNLIMITED: Limiter = { throttle: () => true, quota: () => true, count: () => undefined };
const NOBODY: ConsumerDirectory = { accountThrottle: null, findKey: () => undefined, findUsagePlan: () => undefined };

/** What a test invocation runs on: a stage of its own with one route, which shares with the gateway's stages what reaches others, and nothing that is kept. */
export interface TestStage {
  readonly stage: ServedStage;
  readonly route: ServedRoute;
}

/** Throws for what cannot be served; the message names no secret. */
export function testStage(
  { scope, deployment, stage, httpMethod }: TestInvocation,
  openLiteral: OpenLiteral,
  services: PipelineServices,
  clientCertificate: ClientCertificate | null,
): TestStage {
  const served = new ServedDeployment(deployment, openLiteral);
  const isolated = { ...services, limiter: UNLIMITED, cache: null, decisions: new DecisionCache(0) };
  const path = deployment.routes[0]?.path ?? '/';
  const route = served.routes.match(httpMethod, path)?.route;
  if (route === undefined) throw new Error(`there is no ${httpMethod} ${path} to test`);
  return { stage: new ServedStage(scope, stage, served, NOBODY, isolated, null, clientCertificate), route };
}
