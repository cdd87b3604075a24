import { badRequest } from '@gatehouse/aws-wire';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { AccountSettingsEntity } from '../account/account-settings.entity.js';
import type { StageEntity } from './stage.entity.js';

/** Characters of a format: far more than all variables in any markup. */
const LONGEST_FORMAT = 10_000;
const LOG_GROUP = /^log-group:[\w./#-]{1,512}(?::\*)?$/;
const STREAM = /^deliverystream\/amazon-apigateway-[\w.-]+$/;
const NAMES_REQUEST = /\$(?:context\.(?:requestId|extendedRequestId)\b|\{context\.(?:requestId|extendedRequestId)\})/;

/**
 * Takes the destination of an access log: a log group or a delivery stream of the stage's own account and region. Throws `BadRequestException` in AWS's words for
 * anything else.
 */
export function checkDestination(arn: string, { accountId, region }: Pick<StageEntity, 'accountId' | 'region'>): string {
  const [logs, stream] = [`arn:aws:logs:${region}:${accountId}:`, `arn:aws:firehose:${region}:${accountId}:`];
  const isLogGroup = arn.startsWith(logs) && LOG_GROUP.test(arn.slice(logs.length));
  const isStream = arn.startsWith(stream) && STREAM.test(arn.slice(stream.length));
  if (!isLogGroup && !isStream) throw badRequest('Invalid ARN specified in the request');
  return arn;
}

/** Takes the format of an access log. Throws `BadRequestException` for one of several lines, or whose lines would not tell which request they are about. */
export function checkFormat(format: string): string {
  if (/[\r\n](?!$)/.test(format.replace(/\r\n$/, '\n'))) {
    throw badRequest('Access Log format must be single line, new line character is allowed only at end of the format');
  }
  if (!NAMES_REQUEST.test(format)) {
    throw badRequest('Access Log format must contain at least $context.requestId or $context.extendedRequestId');
  }
  if (format.length > LONGEST_FORMAT) throw badRequest(`Access Log format must have at most ${LONGEST_FORMAT} characters`);
  return format;
}

/** Throws AWS's error where a stage begins to log to CloudWatch Logs while its account has set no role for that. */
export async function requireLoggingRole(
  { manager, scope }: AdminTransaction,
  stage: StageEntity,
  before: StageEntity,
): Promise<void> {
  if (!logs(stage) || logs(before)) return;
  const settings = await manager.findOneBy(AccountSettingsEntity, { ...scope });
  if (!settings?.cloudwatchRoleArn) {
    throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
  }
}

function logs({ accessLogSettings, methodSettings }: StageEntity): boolean {
  const levels = Object.values(methodSettings).map(({ loggingLevel }) => loggingLevel ?? 'OFF');
  return accessLogSettings?.destinationArn?.startsWith('arn:aws:logs:') === true || levels.some((level) => level !== 'OFF');
}
