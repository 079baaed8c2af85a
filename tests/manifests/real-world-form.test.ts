import { describe, expect, it } from 'vitest';
import { changedLines, edited, formOf } from '../fakes/form-at-hand.ts';
import { DESCRIPTION } from '../../src/shared/form/fields/base-fields.ts';
import { containersOf } from '../../src/shared/form/fields/containers.ts';
import { pullPolicyField } from '../../src/shared/form/fields/container-fields.ts';
import { addEnvEdits } from '../../src/shared/form/fields/env-fields.ts';
import { MAX_UNAVAILABLE } from '../../src/shared/form/fields/strategy-fields.ts';
import { mountsOf, volumesOf } from '../../src/shared/form/fields/volume-fields.ts';
import { readField, writeField } from '../../src/shared/form/field.ts';
import { ruleProblems } from '../../src/shared/form/form-rules.ts';
import { realWorldManifests } from './real-world.ts';

const manifests = await realWorldManifests();

describe.each(manifests)('$file', ({ text }) => {
  it('opens in the form: its containers, volumes and mounts are listed, and no rule finds an error', () => {
    const form = formOf(text);
    expect(containersOf(form).length).toBeGreaterThan(0);
    const names = new Set(volumesOf(form).map(({ name }) => name));
    for (const mount of mountsOf(form)) expect(names).toContain(mount.volume);
    expect(ruleProblems(form.manifest).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('has its description changed, and differs in nothing else', () => {
    const form = formOf(text);
    const next = edited(form, writeField(form, DESCRIPTION, 'changed'));
    const lines = changedLines(text, next.text);
    expect(lines.filter((line) => line.startsWith('+'))).toContainEqual(
      expect.stringContaining('kubesphere.io/description: changed'),
    );
    expect(lines.filter((line) => line.startsWith('-')).length).toBeLessThanOrEqual(1);
    const back = edited(next, writeField(next, DESCRIPTION, undefined));
    expect(back.manifest).toEqual(edited(form, writeField(form, DESCRIPTION, undefined)).manifest);
  });

  it('has maxUnavailable, a pull policy and a variable changed, and keeps every other line', () => {
    const form = formOf(text);
    const [worker] = containersOf(form).filter(({ type }) => type === 'worker');
    if (!worker) throw new Error('no worker');
    const policy = pullPolicyField(worker.path);
    const edits = [
      ...writeField(form, MAX_UNAVAILABLE, '17%'),
      ...writeField(form, policy, 'Never'),
      ...addEnvEdits(worker.path, 'ADDED_BY_TEST', { type: 'value', value: 'on' }),
    ];
    const isForeign =
      readField(form, { path: [...worker.path, 'env'], codec: { read: () => true, write: () => null } }).state ===
      'foreign';
    if (isForeign) {
      // An alias stands where the variables are: nothing is written, and it is said.
      expect(() => edited(form, edits)).toThrow(/Foreign/);
      return;
    }
    const next = edited(form, edits);
    const changed = changedLines(text, next.text);
    const [gone, added] = ['-', '+'].map((sign) =>
      changed.filter((line) => line.startsWith(sign)).map((line) => line.slice(2)),
    );
    const stray = (gone ?? []).filter(
      (line) => !isRewritten(line) && !(added ?? []).some((each) => isWithin(line, each)),
    );
    expect(stray).toEqual([]);
    expect(next.manifest).not.toEqual(form.manifest);
  });
});

/** The values that were set stand on lines of their own, or in a flow map. */
function isRewritten(line: string): boolean {
  return /maxUnavailable:|imagePullPolicy:/.test(line);
}

/** Whether a line became another by insertions alone. */
function isWithin(line: string, longer: string): boolean {
  let at = 0;
  for (const character of longer) if (character === line[at]) at += 1;
  return at === line.length;
}
