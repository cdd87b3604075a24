import { describe, expect, it } from 'vitest';
import { TemplateBodyError, TemplateRuntimeError } from '../index.js';
import { type Given, render } from '../rendering.fixture.js';

const BODY = '{"name":"Rex","n":7,"z":null,"e":"","f":false,"o":{"a":1,"b":[{"c":"d"}]},"l":[{"k":"v"},[1,"x"]],"u":"a/b"}';
const GIVEN: Given = {
  body: BODY,
  path: { id: '42', both: 'from path' },
  querystring: { q: 'a b', both: 'from query', 'x-y': '1' },
  header: { Accept: 'text/html', both: 'from header', constructor: 'no function' },
  context: {
    requestId: 'r-1',
    stage: 'prod',
    'identity.sourceIp': '203.0.113.7',
    'identity.userAgent': 'curl',
    'authorizer.principalId': 'me',
    'authorizer.claims.sub': 's-1',
    'authorizer.claims.email': 'a@example.com',
    'authorizer.level': 3,
  },
  stageVariables: { shop: 'Paws', size: 'large' },
};

describe('$input.path', () => {
  it.each([
    ["$input.path('$.name')", 'Rex'],
    ["$input.path('$.n')", '7'],
    ["$input.path('$.f')", 'false'],
    ["[$input.path('$.e')]", '[]'],
    ["$input.path('$.o')", '{a=1, b=[{"c":"d"}]}'],
    ["$input.path('$.o.b')", '[{"c":"d"}]'],
    ["$input.path('$.l')", '[{"k":"v"},[1,"x"]]'],
    ["$input.path('$.l[0]')", '{k=v}'],
    ["$input.path('$').name", 'Rex'],
    ["$input.path('$')['name']", 'Rex'],
    ["$input.path('$..k')", '["v"]'],
    ["$input.path('$..none')", '[]'],
    ["$input.path('$.l[*].k')[0]", 'v'],
    ["#set($r = $input.path('$'))$r.o.b[0].c", 'd'],
    ["#foreach($x in $input.path('$.l'))$foreach.index#end", '01'],
    ['$input.path("$.name")', 'Rex'],
    ['#set($p = "name")$input.path("$.$p")', 'Rex'],
    ['$input.path("$[\'name\']")', 'Rex'],
    ['$input.path("name")', 'Rex'],
  ])('%s is %s', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });

  /** Recorded on AWS: what is missing prints as an empty text, and equals both that and null. */
  it.each([
    ["[$input.path('$.none')]", '[]'],
    ["[$input.path('$.none.deeper')]", '[]'],
    ["[$input.path('$.name.x')]", '[]'],
    ["[$input.path('$.z')]", '[]'],
    ["[$input.path('$').none]", '[]'],
    ["#if($input.path('$.none') == $null)null#end", 'null'],
    ["#if($null == $input.path('$.none'))null#end", 'null'],
    ["#if($input.path('$.none') == '')empty#end", 'empty'],
    ["#if('' == $input.path('$.none'))empty#end", 'empty'],
    ["#if($input.path('$.none') != '')there#{else}not#end", 'not'],
    ["#if($input.path('$.none'))there#{else}not#end", 'not'],
    ["#if(!$input.path('$.none'))not#end", 'not'],
    ["#if($input.path('$.none') == 'x')x#{else}other#end", 'other'],
    ["#if($input.path('$.none') == 0)x#{else}other#end", 'other'],
    ["#if($input.path('$.none') == $input.path('$.never'))same#end", 'same'],
    ["$input.path('$.none').length()", '0'],
    ["$input.path('$.none').isEmpty()", 'true'],
    ["[$input.path('$.none').toString()]", '[]'],
    ["#if($input.path('$.none').toString() == '')empty#end", 'empty'],
    ["[$input.path('$.none').size()]", '[]'],
    ["#foreach($x in $input.path('$.none'))x#end!", '!'],
    ["#set($v = $input.path('$.none'))[$v]", '[]'],
    ["#set($v = 'old')#set($v = $input.path('$.none'))[$v]", '[]'],
    ["#set($v = $input.path('$.none') + 1)[$v]", '[$v]'],
    ['"$!input.path(\'$.none\')"', '""'],
    ['#set($v = "<$input.path(\'$.none\')>")$v', '<>'],
  ])('of what is missing: %s is %s', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });

  it.each(['$input.path("$[")', '$input.path("$.l.sum()")', '$input.json("$..[?(")'])('%s fails', (template) => {
    expect(() => render(template, GIVEN)).toThrow(TemplateRuntimeError);
  });
});

describe('$input.json', () => {
  it.each([
    ["$input.json('$')", BODY],
    ["$input.json('$.name')", '"Rex"'],
    ["$input.json('$.n')", '7'],
    ["$input.json('$.f')", 'false'],
    ["$input.json('$.z')", 'null'],
    ["$input.json('$.e')", '""'],
    ["$input.json('$.none')", '""'],
    ["$input.json('$.o')", '{"a":1,"b":[{"c":"d"}]}'],
    ["$input.json('$.l')", '[{"k":"v"},[1,"x"]]'],
    ["$input.json('$..k')", '["v"]'],
    ["$input.json('$..none')", '[]'],
    ['{"n": $input.json(\'$.n\')}', '{"n": 7}'],
    ["$util.parseJson($input.json('$.o')).a", '1'],
    ["#set($j = $input.json('$.o'))$j.length()", '23'],
  ])('%s is %s', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });

  it.each([
    ['{ "a" : [ 1 , 2.50, 1e3 ] }', '{"a":[1,2.5,1000.0]}'],
    ['a=1&b=2', '"a=1&b=2"'],
    ['"text"', '"text"'],
    ['<a/>', '"<a/>"'],
    ['42', '42'],
    ['["é","\\u20ac"]', '["é","\\u20AC"]'],
    ["{'a': b,}", '{"a":"b"}'],
  ])('of a body %s is %s', (body, expected) => {
    expect(render('$input.json("$")', { body })).toBe(expected);
  });
});

describe('$input.body', () => {
  it.each([
    ['$input.body', ' {"a": 1} ', ' {"a": 1} '],
    ['$input.body', 'not json', 'not json'],
    ['$input.body', '', '{}'],
    ['[$input.body.attr]', '{"attr":1}', '[]'],
    ['[$input.body.attr.deeper]', '{"attr":1}', '[]'],
    ['$input.body.length()', 'four', '4'],
    ['$input.body.replaceAll("o","0")', 'foo', 'f00'],
    ['$util.base64Encode($input.body)', 'hi', 'aGk='],
    ['$util.escapeJavaScript($input.body)', '{"a":1}', '{\\"a\\":1}'],
    ['#set($b = $input.body)$b.substring(1)', 'abc', 'bc'],
  ])('%s of %j is %j', (template, body, expected) => {
    expect(render(template, { body })).toBe(expected);
  });

  it.each([
    ["$input.json('$')", '{}'],
    ["$input.path('$')", '{}'],
    ["$input.json('$.a')", '""'],
    ["[$input.path('$.a')]", '[]'],
    ["$input.path('$').size()", '0'],
  ])('of an empty body %s is %s', (template, expected) => {
    expect(render(template)).toBe(expected);
    expect(render(template, { body: ' \n' })).toBe(expected);
  });

  it.each(['{"a":', '[1', '{"a" 1}', '"x', '{a}'])('that is %j is no JSON, which only those find out who ask for it', (body) => {
    expect(() => render('$input.path("$.a")', { body })).toThrow(TemplateBodyError);
    expect(() => render('$input.json("$")', { body })).toThrow(/^Could not parse request body into json: /);
    expect(render('$input.params("q")', { body, querystring: { q: '1' } })).toBe('1');
  });
});

describe('$input.params', () => {
  it.each([
    ["$input.params('id')", '42'],
    ["$input.params('both')", 'from path'],
    ["$input.params('q')", 'a b'],
    ["$input.params('Accept')", 'text/html'],
    ["[$input.params('accept')]", '[]'],
    ["[$input.params('none')]", '[]'],
    ["#if($input.params('none') == '')empty#end", 'empty'],
    ["[$input.params('constructor')]", '[no function]'],
    ["[$input.params('__proto__')]", '[]'],
    ['$input.params().path.id', '42'],
    ["$input.params().querystring.get('q')", 'a b'],
    ["$input.params().querystring['x-y']", '1'],
    ['$input.params().querystring.x-y', '1'],
    ["$input.params('header')", ''],
    ['$input.params().header.Accept', 'text/html'],
    ["$input.params().get('header').Accept", 'text/html'],
    ['[$input.params().path.none]', '[]'],
    ['$input.params().keySet()', '[path, querystring, header]'],
    ['$input.params().path', '{id=42, both=from path}'],
    ['$input.params().path.size()', '2'],
    [
      '#set($p = $input.params())#foreach($t in $p.keySet())$t:#foreach($n in $p.get($t).keySet())$n #end#end',
      'path:id both querystring:q both x-y header:Accept both constructor ',
    ],
    ['#foreach($e in $input.params().path.entrySet())$e.key=$e.value;#end', 'id=42;both=from path;'],
    ["$input.params('q').split(' ')[1]", 'b'],
  ])('%s is %s', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });
});

describe('$context', () => {
  it.each([
    ['$context.requestId', 'r-1'],
    ['${context.requestId}', 'r-1'],
    ['$context.identity.sourceIp', '203.0.113.7'],
    ["$context.identity['sourceIp']", '203.0.113.7'],
    ["$context.get('stage')", 'prod'],
    ['$context.authorizer.principalId', 'me'],
    ['$context.authorizer.claims.sub', 's-1'],
    ["$context.authorizer.claims['email'].split('@')[0]", 'a'],
    ['$context.authorizer.level', '3'],
    ['[$context.none]', '[]'],
    ['[$context.identity.none]', '[]'],
    ['[$context.none.deeper.still]', '[]'],
    ['[$!context.none]', '[]'],
    ['[$context.none.length()]', '[0]'],
    ['#if($context.none)there#{else}not#end', 'not'],
    ['#if($context.authorizer.none == "")empty#end', 'empty'],
    ['#if($context.authorizer.none == $null)null#end', 'null'],
    ['#if($context.authorizer)there#end', 'there'],
    ['#if($context.stage == "prod")prod#end', 'prod'],
    ['$context.identity', '{sourceIp=203.0.113.7, userAgent=curl}'],
    ['$context.identity.keySet()', '[sourceIp, userAgent]'],
    ['$context.identity.size()', '2'],
    [
      '#foreach($k in $context.authorizer.claims.keySet())$k=$context.authorizer.claims.get($k);#end',
      'sub=s-1;email=a@example.com;',
    ],
    ['#foreach($k in $context.none.keySet())x#end!', '!'],
    ['#set($who = $context.identity)$who.userAgent', 'curl'],
    ['#set($context.stage = "mine")$context.stage', 'prod'],
    ['[$context.requestOverride.header.none]', '[]'],
    ['#set($context.requestOverride.header.A = "1")$context.requestOverride.header', '{A=1}'],
    ['[$context.responseOverride.status]', '[]'],
    ['#set($context.responseOverride.status = 404)$context.responseOverride.status', '404'],
    ['[$context.constructor][$context["__proto__"]][$context.toString()]', '[][][{requestId=r-1, stage=prod}]'],
  ])('%s is %s', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });
});

describe('$stageVariables', () => {
  it.each([
    ['$stageVariables.shop', 'Paws'],
    ['${stageVariables.shop}s', 'Pawss'],
    ["$stageVariables['shop']", 'Paws'],
    ["${stageVariables['shop']}", 'Paws'],
    ["$stageVariables.get('size')", 'large'],
    ['[$stageVariables.none]', '[]'],
    ["[$stageVariables['none']]", '[]'],
    ["[$stageVariables.get('none')]", '[]'],
    ['[$stageVariables.constructor][$stageVariables["__proto__"]]', '[][]'],
    ['#if($stageVariables.none == "")empty#end', 'empty'],
    ['$stageVariables', '{shop=Paws, size=large}'],
    ['$stageVariables.keySet()', '[shop, size]'],
    ['#foreach($k in $stageVariables.keySet())$k=$stageVariables.get($k);#end', 'shop=Paws;size=large;'],
    ['#foreach($v in $stageVariables)$v;#end', 'Paws;large;'],
    ['#set($stageVariables.shop = "x")$stageVariables.shop', 'Paws'],
    ['$stageVariables.containsKey("shop")', 'true'],
  ])('%s is %s', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });
});

describe('$util', () => {
  it.each([
    ['$util.escapeJavaScript("it\'s")', "it\\'s"],
    ['$util.escapeJavaScript("it\'s").replaceAll("\\\\\'","\'")', "it's"],
    ['$util.escapeJavaScript(\'say "hi"\')', 'say \\"hi\\"'],
    ['$util.escapeJavaScript("a/b\\c")', 'a\\/b\\\\c'],
    ['$util.escapeJavaScript("é€")', '\\u00E9\\u20AC'],
    ['$util.escapeJavaScript(7)', '7'],
    ["$util.escapeJavaScript($input.path('$.none'))", ''],
    ["$util.escapeJavaScript($input.json('$.o'))", '{\\"a\\":1,\\"b\\":[{\\"c\\":\\"d\\"}]}'],
    ['$util.escapeJavaScript($nothing)', '$util.escapeJavaScript($nothing)'],
    ['$util.urlEncode("a b&c=d/é~*")', 'a+b%26c%3Dd%2F%C3%A9%7E*'],
    ['$util.urlEncode("!\'()-._")', '%21%27%28%29-._'],
    ['$util.urlDecode("a+b%26c%3Dd%2F%C3%A9")', 'a b&c=d/é'],
    ['$util.base64Encode("héllo")', 'aMOpbGxv'],
    ['$util.base64Decode("aMOpbGxv")', 'héllo'],
    ['$util.base64Decode($util.base64Encode("x y"))', 'x y'],
    ['$util.parseJson(\'{"a":[1,2]}\').a[1]', '2'],
    ['$util.parseJson(\'[1,{"k":"v"}]\')', '[1,{"k":"v"}]'],
    ['$util.parseJson(\'"text"\')', 'text'],
    ["$util.parseJson('true')", 'true'],
    ['#set($o = $util.parseJson(\'{"a":1}\'))#set($o.b = 2)$o', '{a=1, b=2}'],
    ['$util.toJson("x")', '$util.toJson("x")'],
    ['$util.none', '$util.none'],
  ])('%s is %s', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });

  it.each(['$util.parseJson(\'{"a"\')', '$util.urlDecode("%zz")', '$util.urlDecode("100%")'])('%s fails', (template) => {
    expect(() => render(template)).toThrow(TemplateRuntimeError);
  });
});

describe('templates as users write them', () => {
  it("AWS's template that passes everything through", () => {
    const template = `#set($allParams = $input.params())
{
"body-json" : $input.json('$'),
"params" : {
#foreach($type in $allParams.keySet())
    #set($params = $allParams.get($type))
"$type" : {
    #foreach($paramName in $params.keySet())
    "$paramName" : "$util.escapeJavaScript($params.get($paramName))"
        #if($foreach.hasNext),#end
    #end
}
    #if($foreach.hasNext),#end
#end
},
"stage-variables" : {
#foreach($key in $stageVariables.keySet())
"$key" : "$util.escapeJavaScript($stageVariables.get($key))"
    #if($foreach.hasNext),#end
#end
},
"context" : {
    "api-id" : "$context.apiId",
    "authorizer-principal-id" : "$context.authorizer.principalId",
    "source-ip" : "$context.identity.sourceIp",
    "user-arn" : "$context.identity.userArn"
    }
}
`;
    expect(JSON.parse(render(template, GIVEN))).toEqual({
      'body-json': JSON.parse(BODY),
      params: {
        path: GIVEN.path,
        querystring: GIVEN.querystring,
        header: { Accept: 'text/html', both: 'from header', constructor: 'no function' },
      },
      'stage-variables': GIVEN.stageVariables,
      context: { 'api-id': '', 'authorizer-principal-id': 'me', 'source-ip': '203.0.113.7', 'user-arn': '' },
    });
  });

  it('items of a list, with a map that grows', () => {
    const template = `#set($seen = {})
#foreach($item in $input.path('$.items'))
#if(!$seen.containsKey($item.id))
#set($ignored = $seen.put($item.id, $item))
#end
#end
[#foreach($id in $seen.keySet())"$id"#if($foreach.hasNext),#end#end]`;
    expect(render(template, { body: '{"items":[{"id":"a"},{"id":"b"},{"id":"a"}]}' }).trim()).toBe('["a","b"]');
  });

  it('a number that is read from a text', () => {
    const template = `#set($Integer = 0)#set($page = $Integer.parseInt($input.params('page')))#set($next = $page + 1)$next`;
    expect(render(template, { querystring: { page: '9' } })).toBe('10');
  });

  it('an action of SQS', () => {
    expect(render('Action=SendMessage&MessageBody=$util.urlEncode($input.json("$"))', { body: '{"a": "b c"}' })).toBe(
      'Action=SendMessage&MessageBody=%7B%22a%22%3A%22b+c%22%7D',
    );
  });
});
