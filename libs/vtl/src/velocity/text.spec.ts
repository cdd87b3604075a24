import { describe, expect, it } from 'vitest';
import { render } from '../rendering.fixture.js';

/** What Velocity 1.7 prints. */
describe('text and comments', () => {
  it.each([
    ['', ''],
    ['plain', 'plain'],
    ['a\nb\r\nc\rd', 'a\nb\r\nc\rd'],
    ['\\ and \\\\ and \\n', '\\ and \\\\ and \\n'],
    ['##', ''],
    ['$ {x}', '$ {x}'],
    ['${', '${'],
    ['${5}', '${5}'],
    ['$!{', '$!{'],
    ['$-a', '$-a'],
    ['$_a', '$_a'],
    ['$.a', '$.a'],
    ['#-', '#-'],
    ['# if', '# if'],
    ['#(x)', '#(x)'],
    ['{"a": "b", "c": [1, 2]}', '{"a": "b", "c": [1, 2]}'],
    ['tab\tend', 'tab\tend'],
    ['é ü 漢字 😀', 'é ü 漢字 😀'],
    ['a ## comment\nb', 'a b'],
    ['a ## comment', 'a '],
    ['##only\n', ''],
    ['x##y\r\nz', 'xz'],
    ['x##y\rz', 'xz'],
    ['a #* b *# c', 'a  c'],
    ['a #** b *# c', 'a  c'],
    ['#* multi\nline *#\nx', '\nx'],
    ['#**#x', 'x'],
    ['#* ** *#x', 'x'],
    ['## #if(\nx', 'x'],
    ['#[[ $a #if( ]]#x', ' $a #if( x'],
    ['#[[]]#', ''],
    ['a#[[b]]c]]#d', 'ab]]cd'],
    ['#[[\nx\n]]#\ny', '\nx\n\ny'],
  ])('%j is %j', (template, expected) => {
    expect(render(template)).toBe(expected);
  });
});
