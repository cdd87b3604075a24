import { describe, expect, it } from 'vitest';
import { evaluate, matches } from './policy.js';
import type { PolicyDocument } from './principal.entity.js';

const policy = (...statements: ['Allow' | 'Deny', string, string][]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements.map(([Effect, action, resource]) => ({
    Effect,
    Action: action.split(' '),
    Resource: resource.split(' '),
  })),
});

const API = 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5';

describe('evaluate', () => {
  it('denies what nothing speaks of', () => {
    expect(evaluate([], 'apigateway:GET', API)).toBe('implicit deny');
    expect(evaluate([policy(['Allow', 'apigateway:GET', API])], 'apigateway:POST', API)).toBe('implicit deny');
    expect(evaluate([policy(['Allow', 'apigateway:GET', API])], 'apigateway:GET', `${API}/stages`)).toBe('implicit deny');
  });

  it('allows what a statement allows', () => {
    expect(evaluate([policy(['Allow', '*', '*'])], 'apigateway:DELETE', API)).toBe('allowed');
    expect(evaluate([policy(['Allow', 'apigateway:PUT apigateway:G?T', `x ${API}*`])], 'apigateway:GET', `${API}/stages`)).toBe(
      'allowed',
    );
  });

  it('lets a deny win wherever it stands', () => {
    const deny = policy(['Deny', 'apigateway:DELETE', '*']);
    const allow = policy(['Allow', '*', '*']);
    expect(evaluate([deny, allow], 'apigateway:DELETE', API)).toBe('explicit deny');
    expect(evaluate([allow, deny], 'apigateway:DELETE', API)).toBe('explicit deny');
    expect(evaluate([allow, deny], 'apigateway:GET', API)).toBe('allowed');
  });

  it('compares actions without regard to case, resources with it', () => {
    const read = policy(['Allow', 'APIGateway:get', API]);
    expect(evaluate([read], 'apigateway:GET', API)).toBe('allowed');
    expect(evaluate([read], 'apigateway:GET', API.toUpperCase())).toBe('implicit deny');
  });
});

describe('matches', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a/b', true],
    ['?', '', false],
    ['?', '/', true],
    ['a*c', 'abbbc', true],
    ['a*c', 'abcb', false],
    ['a*b*c', 'axbxbxc', true],
    ['*a', 'ba', true],
    ['a**', 'a', true],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
    ['abc', 'ab', false],
  ])('%j against %j: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('security class: patterns that explode: takes no time that grows with the number of stars', () => {
    expect(matches(`${'*a'.repeat(40)}b`, 'a'.repeat(2_000))).toBe(false);
  });
});
