import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, errorOf, INTERNAL, method, RowsLab } from './rows-lab.js';

// aws-behaviour.md B8: mapping templates and their variables.

/** A row: its template, the body of the request, and what the backend gets. */
type Row = [row: string, template: string, body: string, expected: string];

const LANGUAGE: Row[] = [
  ['#set, #if, #elseif, #else', '#set($a = 2)#if($a == 1)one#elseif($a == 2)two#{else}other#end', '{}', 'two'],
  [
    '#foreach and its variables',
    '#foreach($x in [5, 6])$foreach.index/$foreach.count/$velocityCount/$foreach.hasNext:$x #end',
    '{}',
    '0/1/1/true:5 1/2/2/false:6 ',
  ],
  ['#macro and comments', '#macro(twice $a)$a$a#end#twice("x")## no more\n#* nor this *#', '{}', 'xx'],
  ['quiet and formal references', '[$!nix]${nix}[$!{nix}]', '{}', '[]${nix}[]'],
  ['an unresolved reference is printed as it is', '$nix and $nix.more', '{}', '$nix and $nix.more'],
  [
    'methods of Java’s strings',
    `#set($s = "a-b-c")$s.replaceAll("-", "+") $s.substring(2) $s.split("-").size() $s.toUpperCase() $s.contains("b")`,
    '{}',
    'a+b+c b-c 3 A-B-C true',
  ],
  ['of lists', '#set($l = [1, 2])$l.size() $l.get(1) $l[0] $l.contains(2)', '{}', '2 2 1 true'],
  [
    'and of maps',
    '#set($m = {"a": "b"})$!m.put("c", "d")$m.a $m.get("c") $m.size() $m.containsKey("c") #foreach($k in $m.keySet())$k#end#foreach($e in $m.entrySet())$e.key$e.value#end',
    '{}',
    'b d 2 true acabcd',
  ],
];

const INPUT: Row[] = [
  [
    '$input.path of what is missing is empty, null and ""',
    '[$input.path("$.nix")]#if($input.path("$.nix") == $null)null#end#if($input.path("$.nix") == "")empty#end',
    '{}',
    '[]nullempty',
  ],
  ['an object is printed as Java prints maps', '$input.path("$")', '{"a":1,"b":{"c":"d"}}', '{a=1, b={c=d}}'],
  ['a list is printed as JSON', '$input.path("$.l")', '{"l":[{"foo":"bar"}]}', '[{"foo":"bar"}]'],
  ['in a map, too', '$input.path("$")', '{"foo":[{"nested":"bar"}]}', '{foo=[{"nested":"bar"}]}'],
  ['an empty list', '$input.path("$.l")', '{"l":[]}', '[]'],
  ['$input.json', '$input.json("$.x") $input.json("$.nix")', '{"x": {"a": [1, "b"]}}', '{"a":[1,"b"]} ""'],
  ['$input.body is text', '$input.body', '{ "a" : 1 }', '{ "a" : 1 }'],
  ['$input.body of no body', '$input.body', '', '{}'],
  [
    '$input.params()',
    '$input.params().path.id $input.params().querystring.q $input.params().header.get("X-H")',
    '{}',
    'path query header',
  ],
  [
    '$input.params(x) looks in path, query, header',
    '$input.params("id") $input.params("q") $input.params("X-H") [$input.params("nix")]',
    '{}',
    'path query header []',
  ],
];

const UTIL: Row[] = [
  ['escapeJavaScript', `$util.escapeJavaScript($input.path("$.a"))`, `{"a":"it's \\"x\\""}`, `it\\'s \\"x\\"`],
  ['parseJson', '#set($p = $util.parseJson($input.path("$.a")))$p.b', '{"a":"{\\"b\\":5}"}', '5'],
  ['urlEncode and urlDecode', '$util.urlEncode("a b&c/ü") $util.urlDecode("a+b%26c")', '{}', 'a+b%26c%2F%C3%BC a b&c'],
  ['base64Encode and base64Decode', '$util.base64Encode("äb") $util.base64Decode("w6Ri")', '{}', 'w6Ri äb'],
  ['no toJson', '$util.toJson("a")', '{}', '$util.toJson("a")'],
];

const VARIABLES: Row[] = [
  [
    '$stageVariables in its three forms',
    `$stageVariables.colour $stageVariables['colour'] \${stageVariables['colour']}`,
    '{}',
    'blue blue blue',
  ],
  [
    '$context',
    '$context.stage $context.httpMethod $context.resourcePath $context.path $context.accountId $context.identity.sourceIp $context.protocol',
    '{}',
    `dev POST /t/VARIABLES/1/{id} /dev/t/VARIABLES/1/path ${ACCOUNT} 127.0.0.1 HTTP/1.1`,
  ],
  [
    '$context.requestTime',
    '$context.requestTime.matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000")',
    '{}',
    'true',
  ],
  ['$context.requestTimeEpoch in milliseconds', '$context.requestTimeEpoch.toString().length()', '{}', '13'],
];

const GROUPS = { LANGUAGE, INPUT, UTIL, VARIABLES };

let lab: RowsLab;
let apiId: string;

const string = { schema: { type: 'string' } };
const parameters = [
  { name: 'id', in: 'path', required: true, ...string },
  { name: 'q', in: 'query', ...string },
  { name: 'X-H', in: 'header', ...string },
];

beforeAll(async () => {
  lab = await RowsLab.start({ handle: (_, body, response) => void response.setHeader('X-Backend', 'backend').end(body) });
  const templated = (requestTemplate: string, response: object = {}) => ({
    post: {
      ...method(
        {
          type: 'http',
          httpMethod: 'POST',
          uri: `${lab.backend.url}/b/{id}`,
          requestParameters: {
            'integration.request.path.id': 'method.request.path.id',
            'integration.request.querystring.q': 'method.request.querystring.q',
            'integration.request.header.X-H': 'method.request.header.X-H',
          },
          requestTemplates: { 'application/json': requestTemplate },
          responses: {
            default: {
              statusCode: '200',
              responseParameters: { 'method.response.header.X-Own': 'integration.response.header.X-Backend' },
              ...response,
            },
          },
        },
        { parameters },
      ),
      responses: { 200: { description: '', headers: { 'X-Own': string } } },
    },
  });
  const paths: Record<string, Record<string, object>> = {
    '/request-override/{id}': templated(
      '#set($context.requestOverride.header.X-H = "own")#set($name = "q")#set($context.requestOverride.querystring[$name] = "a b")$!context.requestOverride.path.put("id", "x y")body',
    ),
    '/response-override/{id}': templated('{}', {
      responseTemplates: {
        'application/json':
          '#set($context.responseOverride.status = 418)#set($context.responseOverride.header.X-Own = "override")$input.path("$.nix")body',
      },
    }),
    '/in-request/{id}': templated(
      '#set($context.responseOverride.status = 444)#set($context.requestOverride.header.X-H = "own"){}',
      {
        responseTemplates: { 'application/json': '$context.requestOverride.header.X-H' },
      },
    ),
    '/no-status/{id}': templated('{}', {
      responseTemplates: { 'application/json': '#set($context.responseOverride.status = 42)body' },
    }),
    '/loop/{id}': templated('#foreach($a in [1..1001])x#end'),
    '/include/{id}': templated('#include("/etc/passwd")'),
    '/parse/{id}': templated('#parse("/etc/passwd")'),
    '/evaluate/{id}': templated('#evaluate("1")'),
    '/long/{id}': templated('#set($s = "0123456789")#foreach($i in [1..16])#set($s = "$s$s")#end$s'),
  };
  for (const [group, rows] of Object.entries(GROUPS))
    rows.forEach(([, template], n) => (paths[`/t/${group}/${n}/{id}`] = templated(template)));
  apiId = await lab.serve(paths, {}, { variables: { colour: 'blue' } });
});
afterAll(() => lab?.stop());

const post = (path: string, body = '{}') =>
  lab.call(apiId, `/dev${path}/path?q=query`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'X-H': 'header' },
  });

describe.each(Object.entries(GROUPS))('B8: %s', (group, rows) => {
  it.each(rows.map((row, n) => [row[0], n] as const))('%s', async (_, n) => {
    const [, , body, expected] = rows[n]!;
    expect((await post(`/t/${group}/${n}`, body)).body).toBe(expected);
  });
});

describe('B8: overrides', () => {
  it('of a request, by names that the template makes and by put, too', async () => {
    await post('/request-override');
    const { url, headers, body } = lab.backend.requests.at(-1)!;
    expect([url, headers['x-h'], body]).toEqual(['/b/x%20y?q=a%20b', 'own', 'body']);
  });

  it('of a response', async () => {
    const answer = await post('/response-override');
    expect([answer.status, answer.headers['x-own'], answer.body]).toEqual([418, 'override', 'body']);
  });

  it('of a response by the request’s template, and those of the request are seen by the response’s', async () => {
    expect(await post('/in-request')).toMatchObject({ status: 444, body: 'own' });
  });

  it('a status that is none is ignored', async () => expect((await post('/no-status')).status).toBe(200));
});

describe('B8: limits', () => {
  it.each(['#include', '#parse', '#evaluate'])('there is no %s', async (directive) => {
    expect(errorOf(await post(`/${directive.slice(1)}`))).toEqual(INTERNAL);
  });
  it('a loop ends after 1,000 rounds', async () => expect((await post('/loop')).body).toBe('x'.repeat(1000)));
  it('more text than 300 KB: 500', async () => expect(errorOf(await post('/long'))).toEqual(INTERNAL));
});
