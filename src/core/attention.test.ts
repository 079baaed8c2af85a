import { describe, expect, it } from 'vitest';
import { Attention } from './attention.ts';

function heard() {
  const attention = new Attention();
  const told: boolean[] = [];
  const end = attention.subscribe(() => told.push(attention.held));
  return { attention, told, end };
}

describe('attention', () => {
  it('is held while any page looks, and tells of its beginning and its end only', () => {
    const { attention, told } = heard();
    const first = attention.hold();
    const second = attention.hold();
    first();
    expect(attention.held).toBe(true);
    second();
    expect(told).toEqual([true, false]);
    expect(attention.held).toBe(false);
  });

  it('counts a page once that lets go twice', () => {
    const { attention } = heard();
    const first = attention.hold();
    attention.hold();
    first();
    first();
    expect(attention.held).toBe(true);
  });

  it('tells nobody who has left', () => {
    const { attention, told, end } = heard();
    end();
    attention.hold();
    expect(told).toEqual([]);
  });
});
