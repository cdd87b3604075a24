import type { CanarySettingsModel, MethodSettingModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { readMethodSettingKey } from '@gatehouse/compiler';
import { escapeSegment } from '../../patch/json-pointer.js';
import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchRefusal, PatchRule, PatchTable } from '../../patch/patch-table.js';
import { decimalNumber, flag, setEntry, textOrNull, wholeNumber } from '../../patch/patch-values.js';
import { methodSettingEntry, methodSettingKey, nothingToRemove, removeMethodSetting } from './method-settings.js';
import { checkPercentTraffic, newCanary, notAPercentage, promoteDeployment, promoteVariables } from './canary-release.js';
import { checkDestination, checkFormat } from './stage-logs.js';
import { checkVariable } from './stage-rules.js';
import type { StageEntity } from './stage.entity.js';

/** The settings of a method as they are patched: the end of the path -> what writes the value. */
const METHOD_SETTINGS: Record<string, (setting: MethodSettingModel, value: string | undefined) => void> = {
  'metrics/enabled': (setting, value) => (setting.metricsEnabled = flag(value)),
  'logging/dataTrace': (setting, value) => (setting.dataTraceEnabled = flag(value)),
  'logging/loglevel': (setting, value) => (setting.loggingLevel = oneOf(value, 'logging level', ['OFF', 'ERROR', 'INFO'])),
  'throttling/burstLimit': (setting, value) =>
    (setting.throttlingBurstLimit = wholeNumber(value, -1, 2 ** 31 - 1, invalid('throttling burst limit', value))),
  'throttling/rateLimit': (setting, value) => (setting.throttlingRateLimit = rateLimit(value)),
  'caching/ttlInSeconds': (setting, value) =>
    (setting.cacheTtlInSeconds = wholeNumber(value, 0, 3600, invalid('cache TTL, must be between 0 and 3600 seconds', value))),
  'caching/enabled': (setting, value) => (setting.cachingEnabled = flag(value)),
  'caching/dataEncrypted': (setting, value) => (setting.cacheDataEncrypted = flag(value)),
  'caching/requireAuthorizationForCacheControl': (setting, value) => (setting.requireAuthorizationForCacheControl = flag(value)),
  'caching/unauthorizedCacheControlHeaderStrategy': (setting, value) =>
    (setting.unauthorizedCacheControlHeaderStrategy = oneOf(value, 'unauthorized cache control header strategy', [
      'FAIL_WITH_403',
      'SUCCEED_WITH_RESPONSE_HEADER',
      'SUCCEED_WITHOUT_RESPONSE_HEADER',
    ])),
};

/** What AWS lists when a path is none of a stage's, its missing separators included. */
const LISTED_PATHS = [
  '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings',
  '/accessLogSettings/destinationArn, /accessLogSettings/format',
  listMethodSettings('/{resourcePath}/{httpMethod}/', ''),
  listMethodSettings('/*/*/', ' '),
  '/variables/{variable_name}, /tracingEnabled',
].join(', ');

const unknownPath: PatchRefusal['path'] = ({ path }) =>
  badRequest(`Invalid method setting path: ${path ?? 'null'}. Must be one of: [${LISTED_PATHS}]`);

/** Paths of a stage that look like those of a method setting as a whole. */
const NAMED_BY_TWO_SEGMENTS =
  /^\/(?:variables\/|accessLogSettings\/(?:destinationArn|format)$|canarySettings\/(?:deploymentId|percentTraffic|useStageCache)$)/;

const UNKNOWN_ACCESS_LOG_SETTING =
  'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]';

const refusal: PatchRefusal = {
  path: unknownPath,
  // Any two segments are a removable method setting, so that "/tags/x" is known as a path; AWS says that it is not.
  operation: (operation, _, listed) => {
    const path = operation.path ?? '';
    if (path.split('/').length !== 3 || NAMED_BY_TWO_SEGMENTS.test(path)) {
      return badRequest(`Invalid ${operation.op ?? 'null'} operation with path: ${path}`);
    }
    return path.startsWith('/accessLogSettings/') ? badRequest(UNKNOWN_ACCESS_LOG_SETTING) : unknownPath(operation, listed);
  },
  copy: LISTS_PATHS.copy,
};

/** What may be patched in a stage. Whether gateways can act on the result is checked after all operations. */
export const stagePatch: PatchTable<StageEntity> = {
  refusal,
  rules: [
    {
      path: '/deploymentId',
      replace: (stage, value) => (stage.deploymentId = value ?? ''),
      copy: { '/canarySettings/deploymentId': promoteDeployment },
    },
    { path: '/description', replace: (stage, value) => (stage.description = textOrNull(value)) },
    { path: '/documentationVersion', replace: (stage, value) => (stage.documentationVersion = textOrNull(value)) },
    { path: '/cacheClusterEnabled', replace: (stage, value) => (stage.cacheClusterEnabled = flag(value)) },
    { path: '/cacheClusterSize', replace: (stage, value) => (stage.cacheClusterSize = cacheClusterSize(value)) },
    { path: '/clientCertificateId', replace: (stage, value) => (stage.clientCertificateId = textOrNull(value)) },
    { path: '/tracingEnabled', replace: (stage, value) => (stage.tracingEnabled = flag(value)) },
    { path: '/accessLogSettings', remove: removeAccessLog },
    { path: '/accessLogSettings/destinationArn', replace: (stage, value) => setAccessLog(stage, 'destinationArn', value) },
    { path: '/accessLogSettings/format', replace: (stage, value) => setAccessLog(stage, 'format', value) },
    { path: '/canarySettings', remove: (stage) => (stage.canarySettings = null) },
    { path: '/canarySettings/deploymentId', replace: (stage, value) => (canary(stage).deploymentId = value) },
    { path: '/canarySettings/percentTraffic', replace: (stage, value) => (canary(stage).percentTraffic = percentTraffic(value)) },
    { path: '/canarySettings/useStageCache', replace: (stage, value) => (canary(stage).useStageCache = flag(value)) },
    {
      path: '/canarySettings/stageVariableOverrides/{variable_name}',
      replace: (stage, value, name) => setOverride(stage, name!, value ?? ''),
      remove: (stage, _, name) => delete stage.canarySettings?.stageVariableOverrides?.[name!],
    },
    {
      path: '/variables',
      copy: { '/canarySettings/stageVariableOverrides': promoteVariables },
    },
    {
      path: '/variables/{variable_name}',
      replace: (stage, value, name) => setVariable(stage, name!, value ?? ''),
      remove: (stage, _, name) => delete stage.variables[name!],
    },
    ...methodSettingRules(),
  ],
};

function methodSettingRules(): PatchRule<StageEntity>[] {
  const settings = Object.entries(METHOD_SETTINGS).map(([end, write]): PatchRule<StageEntity> => {
    const path = `/{resourcePath}/{httpMethod}/${end}`;
    return {
      path,
      replace: (stage, value, resourcePath, httpMethod) => {
        const key = methodSettingKey(resourcePath!, httpMethod!);
        if (!readMethodSettingKey(key)) {
          throw unknownPath({ op: 'replace', path: `/${escapeSegment(resourcePath!)}/${httpMethod}/${end}` }, []);
        }
        write(methodSettingEntry(stage, key), value);
      },
    };
  });
  const removal: PatchRule<StageEntity> = {
    path: '/{resourcePath}/{httpMethod}',
    remove: (stage, _, resourcePath, httpMethod) =>
      removeMethodSetting(
        stage,
        methodSettingKey(resourcePath!, httpMethod!),
        `/${escapeSegment(resourcePath!)}/${escapeSegment(httpMethod!)}`,
      ),
  };
  return [...settings, removal];
}

function listMethodSettings(prefix: string, separator: string): string {
  const [burst, rate, ttl] = ['throttling/burstLimit', 'throttling/rateLimit', 'caching/ttlInSeconds'].map((end) => prefix + end);
  const others = ['caching/enabled', 'caching/dataEncrypted', 'caching/requireAuthorizationForCacheControl'];
  return [
    ...['metrics/enabled', 'logging/dataTrace', 'logging/loglevel'].map((end) => prefix + end),
    [burst, rate, ttl].join(separator),
    ...[...others, 'caching/unauthorizedCacheControlHeaderStrategy'].map((end) => prefix + end),
  ].join(', ');
}

const invalid = (what: string, value: string | undefined) => badRequest(`Invalid ${what}: ${value ?? 'null'}`);

function oneOf(value: string | undefined, what: string, allowed: string[]): string {
  if (value === undefined || !allowed.includes(value)) {
    throw badRequest(`Invalid ${what}: ${value ?? 'null'}. Must be one of: [${allowed.join(', ')}]`);
  }
  return value;
}

/** -1 stands for the account's limit; nothing else below zero is a rate. */
function rateLimit(value: string | undefined): number {
  const refused = invalid('throttling rate limit', value);
  const rate = decimalNumber(value, -1, refused);
  if (rate < 0 && rate !== -1) throw refused;
  return rate;
}

function cacheClusterSize(value: string | undefined): string | null {
  return value ? oneOf(value, 'cache cluster size', ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237']) : null;
}

function setAccessLog(stage: StageEntity, name: 'destinationArn' | 'format', value: string | undefined): void {
  if (!value) throw badRequest('Access Log value must not be empty');
  const checked = name === 'format' ? checkFormat(value) : checkDestination(value, stage);
  stage.accessLogSettings = { ...stage.accessLogSettings, [name]: checked };
}

function removeAccessLog(stage: StageEntity): void {
  if (!stage.accessLogSettings) throw nothingToRemove('/accessLogSettings');
  stage.accessLogSettings = null;
}

function setVariable(stage: StageEntity, name: string, value: string): void {
  checkVariable(name, value);
  setEntry(stage.variables, name, value);
}

/** The stage's canary release, made by the first of its settings that is written. */
const canary = (stage: StageEntity): CanarySettingsModel => (stage.canarySettings ??= newCanary(stage));

function setOverride(stage: StageEntity, name: string, value: string): void {
  checkVariable(name, value);
  setEntry((canary(stage).stageVariableOverrides ??= {}), name, value);
}

const percentTraffic = (value: string | undefined) => checkPercentTraffic(decimalNumber(value, 0, notAPercentage()));
