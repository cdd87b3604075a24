import { describe, expect, it } from 'vitest';
import { render } from '../rendering.fixture.js';

const GIVEN = {
  body: '{"s":"Hello, World","e":"","n":5,"big":12345678901,"huge":123456789012345678901234567890,"d":1.10,"x":1e3,"t":true,"f":false,"z":null,"l":[3,1,2],"o":{"a":1,"b":{"c":[1,{"d":"e"}]}},"u":"http://x/y?a=b&c=d","q":"say \\"hi\\" it\'s","nl":"a\\nb","lo":[{"id":1,"n":"x"},{"id":2,"n":"y"}]}',
};

/** What Velocity 1.7 prints. */
describe('texts of JSON', () => {
  it.each([
    ['$input.path("$.q").replaceAll("\'","")', 'say "hi" its'],
    ['$input.path("$.q").replace(\'"\',"\'")', "say 'hi' it's"],
    ['$input.path("$.q").replace(\'"\',\'\\"\')', 'say \\"hi\\" it\'s'],
    ['$input.path("$.u").split("[?]")[1].split("&")[0]', 'a=b'],
    ['$input.path("$.u").replaceAll("[^a-z]","")', 'httpxyabcd'],
    ['$input.path("$.nl").replaceAll("\\n"," ")', 'a b'],
    ['$input.path("$.nl").split("\\n")[1]', 'b'],
    ['$input.path("$.e").length()', '0'],
    ['$input.path("$.e").isEmpty()', 'true'],
    ['$input.path("$.e").split(",").size()', '1'],
    ['$input.path("$.u").matches("https?://.*")', 'true'],
    ['$util.escapeJavaScript($input.path("$.q"))', 'say \\"hi\\" it\\\'s'],
    ['$util.escapeJavaScript($input.path("$.u"))', 'http:\\/\\/x\\/y?a=b&c=d'],
    ['$util.escapeJavaScript($input.path("$.nl"))', 'a\\nb'],
    ['$util.escapeJavaScript("é€😀\u007f\u0001")', '\\u00E9\\u20AC\\uD83D\\uDE00\u007f\\u0001'],
    ['$input.path("$.q").toUpperCase()', 'SAY "HI" IT\'S'],
    ['#foreach($p in $input.path("$.u").split("&"))$p;#end', 'http://x/y?a=b;c=d;'],
  ])('%j is %j', (template, expected) => {
    expect(render(template, GIVEN)).toBe(expected);
  });
});
