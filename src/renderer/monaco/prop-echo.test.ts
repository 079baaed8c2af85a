import { describe, expect, it } from 'vitest';
import { PropEcho } from './prop-echo.ts';

describe('the value that comes back to an editor', () => {
  it('is no news when it is what the editor has', () => {
    const echo = new PropEcho('a');
    expect(echo.isNews('a')).toBe(false);
    echo.emitted('ab');
    expect(echo.isNews('ab')).toBe(false);
  });

  it('is no news when it is an older one and the user has typed on', () => {
    const echo = new PropEcho('');
    for (const typed of ['f', 'fl', 'flu']) echo.emitted(typed);
    expect(echo.isNews('f')).toBe(false);
    expect(echo.isNews('fl')).toBe(false);
    expect(echo.isNews('flu')).toBe(false);
  });

  it('is news when an upload sets it, also to what was there long ago', () => {
    const echo = new PropEcho('a');
    echo.emitted('ab');
    expect(echo.isNews('ab')).toBe(false);
    expect(echo.isNews('uploaded')).toBe(true);
    expect(echo.isNews('uploaded')).toBe(false);
    expect(echo.isNews('ab')).toBe(true);
  });

  it('stays no news after the editor has told a set value itself', () => {
    const echo = new PropEcho('a');
    expect(echo.isNews('b')).toBe(true);
    echo.emitted('b');
    echo.emitted('bc');
    expect(echo.isNews('b')).toBe(false);
    expect(echo.isNews('bc')).toBe(false);
  });
});
