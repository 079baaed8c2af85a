import { describe, expect, it } from 'vitest';
import { parseChallenges } from './auth-challenge.ts';

describe('a WWW-Authenticate header', () => {
  it('names realm, service and scope of a token', () => {
    const header =
      'Bearer realm="https://auth.example.com/token?a=b,c",service="registry.example.com",scope="repository:a/b:pull,push"';
    expect(parseChallenges(header)).toEqual([
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://auth.example.com/token?a=b,c',
          service: 'registry.example.com',
          scope: 'repository:a/b:pull,push',
        },
      },
    ]);
  });

  it('may hold several, joined by commas', () => {
    expect(parseChallenges('Basic realm="a b", charset="UTF-8", Bearer realm=x , error="no"')).toEqual([
      { scheme: 'basic', parameters: { realm: 'a b', charset: 'UTF-8' } },
      { scheme: 'bearer', parameters: { realm: 'x', error: 'no' } },
    ]);
  });

  it('unquotes', () => {
    expect(parseChallenges(String.raw`Basic REALM="say \"hi\" \\"`)).toEqual([
      { scheme: 'basic', parameters: { realm: String.raw`say "hi" \ `.trimEnd() } },
    ]);
  });

  it.each([
    ['', []],
    ['Negotiate', [{ scheme: 'negotiate', parameters: {} }]],
    ['"', []],
  ])('of %j holds %j', (header, challenges) => {
    expect(parseChallenges(header)).toEqual(challenges);
  });
});
