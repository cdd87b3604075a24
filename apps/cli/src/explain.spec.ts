import { describe, expect, it } from 'vitest';
import { stageOf } from './explain.js';

describe('which stage a URL leads to', () => {
  it.each([
    ['http://abc123.execute-api.us-east-1.localhost:8080/prod/pets', 'abc123', 'prod'],
    ['http://127.0.0.1:8080/_aws/execute-api/abc123/prod/pets', 'abc123', 'prod'],
    ['http://127.0.0.1:8080/restapis/abc123/prod/_user_request_/pets', 'abc123', 'prod'],
  ])('%s', (url, api, stage) => expect(stageOf(new URL(url), {})).toEqual({ api, stage }));

  it('is what the options say where they say it', () => {
    const url = new URL('https://api.example.com/v1/pets');
    expect(stageOf(url, { api: 'a', stage: 'b' })).toEqual({ api: 'a', stage: 'b' });
    expect(() => stageOf(url, { api: 'a' })).toThrow('give --api and --stage');
    expect(() => stageOf(new URL('http://abc123.execute-api.x/'), {})).toThrow('give --api and --stage');
  });
});
