/** A service of AWS as the URI of an integration names it. */
export interface AwsService {
  /** Host name of its endpoint, with the region. */
  readonly host: string;
  /** Region that calls are signed for. */
  readonly region: string;
  /** Name that calls are signed for. */
  readonly signingName: string;
}

/** How the actions of a service are called. Source: AWS's service models (`protocol`, `targetPrefix`, `jsonVersion`). */
export type ActionProtocol =
  /** `Action=` in the query. */
  | { readonly by: 'query' }
  /** The body is JSON, and `X-Amz-Target` says what it asks for. */
  | { readonly by: 'json'; readonly target: string; readonly version: '1.0' | '1.1' };

/** Services that sign under another name than the last label of their endpoints. Source: AWS's service models (`signingName`). */
const SIGNING_NAMES: ReadonlyMap<string, string> = new Map([
  ['appsync-api', 'appsync'],
  ['bedrock-runtime', 'bedrock'],
  ['email', 'ses'],
  ['pinpoint', 'mobiletargeting'],
  ['runtime-v2-lex', 'lex'],
]);

/** Endpoints that are named otherwise than services are in URIs. Source: AWS, "IoT data plane": `{id}.iotdata` is at `{id}.iot.{region}`. */
const ENDPOINT_NAMES: ReadonlyMap<string, string> = new Map([['iotdata', 'iot']]);

/** Services with one endpoint for all regions. Source: AWS's service models (`globalEndpoint`). */
const GLOBAL: ReadonlySet<string> = new Set(['cloudfront', 'iam', 'route53']);
const REGION_OF_GLOBAL = 'us-east-1';

const query = { by: 'query' } as const;
const json = (target: string, version: '1.0' | '1.1' = '1.1') => ({ by: 'json', target, version }) as const;

/** By the name in the URI. */
const PROTOCOLS: ReadonlyMap<string, ActionProtocol> = new Map<string, ActionProtocol>([
  ['api.ecr', json('AmazonEC2ContainerRegistry_V20150921')],
  ['api.sagemaker', json('SageMaker')],
  ['application-autoscaling', json('AnyScaleFrontendService')],
  ['athena', json('AmazonAthena')],
  ['autoscaling', query],
  ['cloudformation', query],
  ['codebuild', json('CodeBuild_20161006')],
  ['codecommit', json('CodeCommit_20150413')],
  ['codedeploy', json('CodeDeploy_20141006')],
  ['codepipeline', json('CodePipeline_20150709')],
  ['cognito-identity', json('AWSCognitoIdentityService')],
  ['cognito-idp', json('AWSCognitoIdentityProviderService')],
  ['comprehend', json('Comprehend_20171127')],
  ['config', json('StarlingDoveService')],
  ['dynamodb', json('DynamoDB_20120810', '1.0')],
  ['ec2', query],
  ['ecr', json('AmazonEC2ContainerRegistry_V20150921')],
  ['ecs', json('AmazonEC2ContainerServiceV20141113')],
  ['elasticache', query],
  ['elasticbeanstalk', query],
  ['elasticloadbalancing', query],
  ['elasticmapreduce', json('ElasticMapReduce')],
  ['email', query],
  ['events', json('AWSEvents')],
  ['firehose', json('Firehose_20150804')],
  ['glue', json('AWSGlue')],
  ['iam', query],
  ['ingest.timestream', json('Timestream_20181101', '1.0')],
  ['kinesis', json('Kinesis_20131202')],
  ['kinesisanalytics', json('KinesisAnalytics_20180523')],
  ['kms', json('TrentService')],
  ['logs', json('Logs_20140328')],
  ['monitoring', query],
  ['personalize', json('AmazonPersonalize')],
  ['query.timestream', json('Timestream_20181101', '1.0')],
  ['rds', query],
  ['redshift', query],
  ['redshift-data', json('RedshiftData')],
  ['rekognition', json('RekognitionService')],
  ['secretsmanager', json('secretsmanager')],
  ['servicediscovery', json('Route53AutoNaming_v20170314')],
  ['sns', query],
  // SQS understands JSON as well; API Gateway speaks to it as it always did.
  ['sqs', query],
  ['ssm', json('AmazonSSM')],
  ['states', json('AWSStepFunctions', '1.0')],
  ['streams.dynamodb', json('DynamoDBStreams_20120810', '1.0')],
  ['sts', query],
  ['swf', json('SimpleWorkflowService', '1.0')],
  ['textract', json('Textract')],
  ['transcribe', json('Transcribe')],
  ['translate', json('AWSShineFrontendService_20170701')],
  ['wafv2', json('AWSWAF_20190729')],
]);

/** Undefined for services whose actions are no names (REST), and for those that are not known. */
export function actionProtocol(name: string): ActionProtocol | undefined {
  return PROTOCOLS.get(name);
}

/** @param name in lower case, `{service}` or `{subdomain}.{service}` */
export function awsService(name: string, region: string): AwsService {
  const labels = name.split('.');
  const last = labels.pop() ?? '';
  const service = ENDPOINT_NAMES.get(last) ?? last;
  const signingName = SIGNING_NAMES.get(last) ?? last;
  if (labels.length === 0 && GLOBAL.has(last)) return { host: `${last}.amazonaws.com`, region: REGION_OF_GLOBAL, signingName };
  return { host: `${[...labels, service].join('.')}.${region}.amazonaws.com`, region, signingName };
}
