import { describe, expect, it } from 'vitest';
import { refuseUnenforceable, Refusals } from './unenforceable-settings.js';

function refusalOf(settings: readonly string[]): string {
  try {
    refuseUnenforceable(settings);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('they were taken');
}

describe('what gateways cannot enforce', () => {
  it('is told place by place', () => {
    const refusals = new Refusals('API');
    refusals.add('policy');
    refusals.at('GET /pets').when(true, 'authorizationType AWS_IAM');
    refusals.when(false, 'nothing');
    expect(refusalOf(refusals.settings)).toBe(
      'The gateways cannot enforce these settings yet: API: policy; GET /pets: authorizationType AWS_IAM',
    );
  });

  it('is told with texts shortened and without control characters', () => {
    const refusals = new Refusals(`GET /${'a'.repeat(5_000)}`);
    refusals.add(`selectionPattern \n${'('.repeat(5_000)}`);
    expect(refusals.settings).toEqual([`GET /${'a'.repeat(295)}...: selectionPattern \uFFFD${'('.repeat(282)}...`]);
  });

  it('is told as far as an answer goes, and counted beyond', () => {
    const settings = Array.from({ length: 1_000 }, (_, index) => `GET /pets${index}: ${'x'.repeat(300)}`);
    const message = refusalOf(settings);
    expect(message.length).toBeLessThan(10_200);
    expect(message).toMatch(/; GET \/pets\d+: x+; and 9\d\d more$/);
    const told = message.match(/GET /g)!.length;
    expect(message).toContain(`; and ${1_000 - told} more`);
  });
});
