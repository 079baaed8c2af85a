import { describe, expect, it } from 'vitest';
import { changedPointers, savePatch } from './json-patch.ts';
import { readManifest } from './read-manifest.ts';
import { withStrategyType } from './strategy-type.ts';

const LIVE = `{"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent","annotations":{"n":"9007199254740993"}},
"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"20%","maxSurge":0}},"x":9007199254740993}}`;

function manifest(text: string) {
  const read = readManifest(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.manifest;
}

describe('switching the update strategy', () => {
  it('changes its type alone, there and back', () => {
    const paused = withStrategyType(LIVE, 'OnDelete') ?? '';
    expect(changedPointers(savePatch(manifest(LIVE), manifest(paused)))).toEqual(['/spec/updateStrategy/type']);
    expect(paused).toContain('"rollingUpdate":{"maxUnavailable":"20%","maxSurge":0}');
    expect(paused).toContain('9007199254740993}');
    expect(manifest(withStrategyType(paused, 'RollingUpdate') ?? '')).toEqual(manifest(LIVE));
  });

  it('has no answer for what is no object with a spec', () => {
    expect(withStrategyType('{"kind":"DaemonSet"}', 'OnDelete')).toBeUndefined();
    expect(withStrategyType('[', 'OnDelete')).toBeUndefined();
  });
});
