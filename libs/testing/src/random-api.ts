import {
  GATEWAY_RESPONSE_TYPES,
  HTTP_METHODS,
  type AuthorizerModel,
  type IntegrationModel,
  type IntegrationResponseModel,
  type MethodModel,
  type MethodResponseModel,
  type ModelModel,
  type RestApiModel,
} from '@gatehouse/api-model';

const API_ID = 'a1b2c3d4e5';
const LAMBDA =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';
const ROLE = 'arn:aws:iam::123456789012:role/r';
const NAMES = ['a', 'X-Trace', 'page', 'q.1', '_$', 'constructor', '__proto__', 'Unused', 'x-api-key', 'Accept', '200', 'on'];
const MEDIA_TYPES = ['application/json', 'text/plain', 'application/xml; charset=utf-8', 'image/*', '$default', 'a/b'];
const TEXTS = [
  'x',
  ' padded ',
  'two\nlines\r\n\ttab',
  '# no: comment',
  'é 日本 😀',
  '\u2028\u0085\u0001',
  '"quoted" \\ \'twice\'',
  '007',
  'null',
  '- {a: b}',
  'default',
  '~',
  '${stageVariables.x}',
];

/**
 * An API with something of everything, as the rules of single operations allow it; the same for the same seed. Of models, names are by
 * the alphabet; lists of things with ids are by id.
 */
export function randomApi(seed: number): RestApiModel {
  return new RandomApi(seed).api();
}

class RandomApi {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  api(): RestApiModel {
    const models = this.models();
    const authorizers = this.authorizers();
    const requestValidators = ['v1', 'v2', 'v3'].slice(this.below(4)).map((id, index) => ({
      id,
      ...this.maybe('name', () => `${this.pick(TEXTS)}${index}`),
      validateRequestBody: this.coin(),
      validateRequestParameters: this.coin(),
    }));
    return {
      apiId: API_ID,
      name: this.pick(TEXTS),
      ...this.maybe('description', () => this.pick(TEXTS)),
      ...this.maybe('version', () => this.pick(['1.0', '2026-03-01T10:00:00Z', '7', ...TEXTS])),
      createdDate: '2026-03-01T10:00:00Z',
      apiKeySource: this.pick(['HEADER', 'AUTHORIZER']),
      disableExecuteApiEndpoint: this.coin(),
      endpointConfiguration: this.pick<RestApiModel['endpointConfiguration']>([
        { types: ['EDGE'], ipAddressType: 'ipv4' },
        { types: ['EDGE'], ipAddressType: 'dualstack' },
        { types: ['REGIONAL'], ipAddressType: 'ipv4' },
        { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-1', 'vpce-2'] },
      ]),
      binaryMediaTypes: this.some(['image/png', '*/*', 'application/octet-stream']),
      ...this.maybe('minimumCompressionSize', () => this.pick([0, 1024, 10_485_760])),
      ...this.maybe('policy', () =>
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Sid: this.pick(TEXTS), Effect: 'Deny', Principal: '*', Action: 'execute-api:*', Resource: '*' }],
        }),
      ),
      ...this.maybe('securityPolicy', () => this.pick(['TLS_1_0', 'TLS_1_2'])),
      ...this.maybe('endpointAccessMode', () => this.pick(['BASIC', 'STRICT'])),
      resources: this.paths().map((path, index) => ({
        id: `r${index}`,
        path,
        methods: this.some([...HTTP_METHODS]).map((httpMethod) =>
          this.method(httpMethod, path, `r${index}`, { models, authorizers, requestValidators }),
        ),
      })),
      models,
      authorizers,
      requestValidators,
      gatewayResponses: this.some([...GATEWAY_RESPONSE_TYPES]).map((responseType) => ({
        responseType,
        ...this.maybe('statusCode', () => this.pick(['400', '404', '599'])),
        responseParameters: this.map(NAMES, (name) => [`gatewayresponse.header.${name}`, "'x'"]),
        responseTemplates: this.map(MEDIA_TYPES, (type) => [type, this.pick(TEXTS)]),
      })),
    };
  }

  /** With every one between them and the root. */
  private paths(): string[] {
    const paths = ['/', '/a.b_c-d:e,f', '/files', '/files/{proxy+}', '/pets', '/pets/{petId}', '/pets/{petId}/toys'];
    const all = new Set(['/']);
    for (const path of this.some(paths).filter((each) => each !== '/')) {
      for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) all.add(at);
    }
    return [...all].sort();
  }

  private method(
    httpMethod: MethodModel['httpMethod'],
    path: string,
    resourceId: string,
    { models, authorizers, requestValidators }: Pick<RestApiModel, 'models' | 'authorizers' | 'requestValidators'>,
  ): MethodModel {
    const usable = models.filter(({ contentType }) => contentType === 'application/json').map(({ name }) => name);
    const modelsOfTypes = () => (usable.length > 0 ? this.map(MEDIA_TYPES, (type) => [type, this.pick(usable)]) : {});
    const authorizer = authorizers.length > 0 && this.coin() ? this.pick(authorizers) : undefined;
    const methodResponses = this.some(['200', '201', '404', '500']).map((statusCode): MethodResponseModel => ({
      statusCode,
      responseParameters: this.map(NAMES, (name) => [`method.response.header.${name}`, this.coin()]),
      responseModels: modelsOfTypes(),
    }));
    const requestParameters = this.requestParameters(path);
    return {
      httpMethod,
      ...(authorizer
        ? {
            authorizationType: authorizer.type === 'COGNITO_USER_POOLS' ? authorizer.type : 'CUSTOM',
            authorizerId: authorizer.id,
            authorizationScopes: this.some(['pets/read', 'pets/write']),
          }
        : { authorizationType: this.pick(['NONE', 'AWS_IAM']), authorizationScopes: [] }),
      apiKeyRequired: this.coin(),
      ...this.maybe('operationName', () => this.pick(TEXTS)),
      ...(requestValidators.length > 0 && this.coin() ? { requestValidatorId: this.pick(requestValidators).id } : {}),
      requestParameters,
      requestModels: modelsOfTypes(),
      methodResponses,
      ...this.maybe('methodIntegration', () => this.integration(resourceId, Object.keys(requestParameters), methodResponses)),
    };
  }

  /** A name is in one place only. */
  private requestParameters(path: string): Record<string, boolean> {
    const ofPath = [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => name!);
    const places = ['header', 'querystring', 'multivalueheader', 'multivaluequerystring', 'path'];
    return Object.fromEntries([
      ...this.some(ofPath).map((name) => [`method.request.path.${name}`, this.coin()] as const),
      ...this.some(NAMES).map((name) => [`method.request.${this.pick(places)}.${name}`, this.coin()] as const),
    ]);
  }

  private integration(
    resourceId: string,
    parameters: string[],
    methodResponses: readonly MethodResponseModel[],
  ): IntegrationModel {
    const type = this.pick<IntegrationModel['type']>(['MOCK', 'HTTP', 'HTTP_PROXY', 'AWS', 'AWS_PROXY']);
    const overHttp = type === 'HTTP' || type === 'HTTP_PROXY';
    const overLink = overHttp && this.coin();
    const target = {
      httpMethod: this.pick([...HTTP_METHODS]),
      uri: overHttp ? this.pick(['http://backend:8080/', 'https://${stageVariables.host}/{proxy}?a=b']) : LAMBDA,
    };
    return {
      type,
      ...(type === 'MOCK' && this.coin() ? {} : target),
      ...(overLink
        ? { connectionType: 'VPC_LINK', connectionId: '${stageVariables.link}' }
        : overHttp || this.coin()
          ? { connectionType: 'INTERNET' }
          : {}),
      ...this.maybe('credentials', () => ROLE),
      requestParameters: Object.fromEntries(
        this.some(parameters).map((key, index) => [`integration.request.header.h${index}`, key] as const),
      ),
      requestTemplates: this.templates(),
      passthroughBehavior: this.pick(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']),
      ...this.maybe('contentHandling', () => this.pick(['CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'])),
      timeoutInMillis: this.pick([50, 1000, 29_000]),
      cacheNamespace: this.pick([resourceId, 'shared']),
      cacheKeyParameters: this.some(parameters),
      ...(overHttp ? this.maybe('tlsConfig', () => this.pick([{}, { insecureSkipVerification: this.coin() }])) : {}),
      ...this.maybe('responseTransferMode', () => this.pick<'BUFFERED' | 'STREAM'>(['BUFFERED', 'STREAM'])),
      ...this.maybe('integrationTarget', () => 'arn:aws:elasticloadbalancing:x'),
      integrationResponses: this.some(['200', '201', '302', '404', '500']).map((statusCode): IntegrationResponseModel => {
        const declared = methodResponses.find((response) => response.statusCode === statusCode)?.responseParameters ?? {};
        return {
          statusCode,
          ...this.maybe('selectionPattern', () =>
            this.pick(['', '', 'default', '(?:default)', '4\\d{2}', '.*\n"x": #.*', 'x'.repeat(1100)]),
          ),
          responseParameters: Object.fromEntries(this.some(Object.keys(declared)).map((key) => [key, "'v'"] as const)),
          responseTemplates: this.templates(),
          ...this.maybe('contentHandling', () => this.pick(['CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'])),
        };
      }),
    };
  }

  private templates(): Record<string, string | null> {
    return this.map(MEDIA_TYPES, (type) => [type, this.coin() ? this.pick(TEXTS) : null]);
  }

  private authorizers(): AuthorizerModel[] {
    const header = () => `method.request.header.${this.pick(NAMES)}`;
    const invoked = () => ({ authorizerUri: LAMBDA, ...this.maybe('authorizerCredentials', () => ROLE) });
    const all: AuthorizerModel[] = [
      { id: 'a1', name: 'pool', type: 'COGNITO_USER_POOLS', identitySource: header(), providerArns: ['arn:aws:cognito-idp:x:y'] },
      { id: 'a2', name: 'token é', type: 'TOKEN', ...invoked(), identitySource: header(), providerArns: [] },
      { id: 'a3', name: 'api_key', type: 'REQUEST', ...invoked(), identitySource: header(), providerArns: [] },
      {
        id: 'a4',
        name: 'NONE',
        type: 'REQUEST',
        ...invoked(),
        identitySource: 'method.request.querystring.b, context.path',
        providerArns: this.coin() ? [] : ['arn:x'],
      },
      { id: 'a5', name: 'sourceless', type: 'REQUEST', ...invoked(), authorizerResultTtlInSeconds: 0, providerArns: [] },
    ];
    return this.some(all).map((authorizer) => ({
      ...this.maybe('identityValidationExpression', () => '^Bearer [^ ]+$'),
      ...this.maybe('authorizerResultTtlInSeconds', () => this.pick([0, 300])),
      authType: this.pick(['custom', 'oauth2', 'awsSigv4', 'cognito_user_pools']),
      ...(this.coin() && authorizer.type === 'COGNITO_USER_POOLS' ? invoked() : {}),
      ...authorizer,
    }));
  }

  private models(): ModelModel[] {
    const address = (name: string) => `https://apigateway.amazonaws.com/restapis/${API_ID}/models/${name}`;
    const schemas: Record<string, unknown>[] = [
      { type: 'object', required: ['a', 'b'], properties: { b: { $ref: address('Base') }, a: { type: ['string', 'null'] } } },
      {
        type: 'array',
        title: 'T',
        description: 'D',
        items: [{ type: 'integer' }, { $ref: address('Base') }],
        additionalItems: false,
      },
      { title: 'with default', properties: { $ref: { default: 3, type: 'number', format: 'int64' } } },
      {
        id: 'http://example.com/x',
        definitions: { 'a/b': { type: 'string', minLength: 1 } },
        properties: { x: { $ref: '#/definitions/a~1b' } },
      },
      { allOf: [{ $ref: address('Base') }, { not: { enum: [null, 1, 'x', { a: [] }] } }], minimum: 1, exclusiveMinimum: true },
      { dependencies: { a: ['b'], b: { minProperties: 1 } }, patternProperties: { '^x-': {} }, uniqueItems: true, maxItems: 0 },
      { $ref: address('Base') },
      { $ref: address('Base'), description: 'beside' },
    ];
    const json = schemas.map((schema, index) => ({
      name: `M${index}`,
      contentType: 'application/json',
      schema: JSON.stringify(schema),
    }));
    const others = [
      { name: 'Other', contentType: 'application/xml', schema: '<x/>' },
      { name: 'Text', contentType: 'text/plain', schema: this.pick(TEXTS) },
    ];
    const base = { name: 'Base', contentType: 'application/json', schema: '{"type":"object","description":"D"}' };
    const described = (model: ModelModel) => ({ ...this.maybe('description', () => this.pick(['D', ...TEXTS])), ...model });
    return [base, ...this.some(json), ...this.some(others)].map(described);
  }

  private map<V>(keys: readonly string[], entry: (key: string) => [string, V]): Record<string, V> {
    return Object.fromEntries(this.some(keys).map(entry));
  }

  private maybe<K extends string, V>(key: K, value: () => V): { [key in K]?: V } {
    return this.coin() ? ({ [key]: value() } as { [key in K]: V }) : {};
  }

  /** None, some or many of them, in their order. */
  private some<T>(of: readonly T[]): T[] {
    const share = this.pick([0, 0.2, 0.5, 1]);
    return of.filter(() => this.next() < share);
  }

  private pick<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }

  private coin = () => this.next() < 0.5;
  private below = (limit: number) => Math.floor(this.next() * limit);

  /** Mulberry32. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}
