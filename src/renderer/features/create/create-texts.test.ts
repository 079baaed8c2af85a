import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../shared/manifest/read-manifest.ts';
import { restoredWords } from './draft-words.ts';
import { failureWords } from './failure-words.ts';
import { newManifest } from '../../../shared/form/new-manifest.ts';
import { marginOf, placeCauses, problemsOf } from '../form/index.ts';
import { readUpload } from './read-upload.ts';

describe('the line of a restored draft', () => {
  const at = (text: string) => new Date(text).getTime();

  it('says the time, and the day when it is another one', () => {
    expect(restoredWords(at('2026-03-04T10:42:30'), at('2026-03-04T23:59:00'))).toBe('Draft from 10:42 restored');
    expect(restoredWords(at('2026-03-04T10:42:30'), at('2026-03-05T00:01:00'))).toMatch(
      /^Draft from .*4.*, 10:42 restored$/,
    );
  });
});

describe('the margin of the YAML', () => {
  it('has the form’s problems at the lines of their fields, warnings among them', () => {
    const text = 'kind: DaemonSet\nmetadata:\n  name: A\nspec:\n  minReadySeconds: -1\n';
    const margin = marginOf(text, [
      { path: 'metadata.name', message: 'wrong', severity: 'error', source: 'rule' },
      { path: 'spec.minReadySeconds', message: 'odd', severity: 'warning', source: 'schema' },
    ]);
    expect(margin.map(({ line, severity, message }) => [line, severity, message])).toEqual([
      [3, 'error', 'metadata.name: wrong'],
      [5, 'warning', 'spec.minReadySeconds: odd'],
    ]);
  });
});

describe('the template', () => {
  it('is a DaemonSet of the context’s namespace', () => {
    const read = readManifest(newManifest('kube-system'));
    expect(read.ok && read.manifest['metadata']).toEqual({ namespace: 'kube-system' });
  });
});

describe('the server’s findings', () => {
  const text = 'kind: DaemonSet\nspec:\n  template:\n    spec:\n      containers:\n        - image: a\n';

  it('get the line of their field, or of its nearest parent', () => {
    const causes = placeCauses(text, [
      { path: 'spec.template.spec.containers[0].image', message: 'Required value' },
      { path: 'spec.selector', message: 'Required value' },
      { path: '', message: 'general' },
    ]);
    expect(causes.map(({ line, column }) => [line, column])).toEqual([
      [6, 11],
      [2, 1],
      [undefined, undefined],
    ]);
  });

  it('keep the line that the core has found', () => {
    expect(placeCauses(text, [{ path: 'spec', message: 'x', line: 4, column: 2 }])[0]).toMatchObject({
      line: 4,
      column: 2,
    });
  });

  it('become problems of the editor when they have a line', () => {
    const problems = problemsOf([
      { path: 'spec.selector', message: 'Required value', line: 2, column: 1 },
      { path: '', message: 'no line' },
    ]);
    expect(problems).toEqual([{ line: 2, column: 1, severity: 'error', message: 'spec.selector: Required value' }]);
  });
});

describe('an uploaded file', () => {
  it('is read as UTF-8 text', async () => {
    expect(await readUpload(new File(['kind: DaemonSet # é\n'], 'a.yaml'))).toEqual({ text: 'kind: DaemonSet # é\n' });
  });

  it('is refused when it is no text, or over 3 MB, by its name', async () => {
    const binary = new File([new Uint8Array([0xff, 0xfe, 0x00])], 'a.bin');
    expect(await readUpload(binary)).toEqual({ problem: 'a.bin is not text in UTF-8.' });
    const large = new File(['x'.repeat(3_200_000)], 'big.yaml');
    expect(await readUpload(large)).toEqual({
      problem: 'big.yaml has 3.2 MB, and the API server takes at most 3.0 MB.',
    });
  });
});

describe('a failed creation', () => {
  const ref = { contextName: 'prod', namespace: 'logging', name: 'agent' };

  it('says that the name is taken', () => {
    const words = failureWords({ reason: 'AlreadyExists', message: 'x', ref }, 'create');
    expect(words).toMatchObject({ title: 'logging/agent exists already', showsList: false });
  });

  it('does not say that it failed when the reply was lost', () => {
    const words = failureWords({ reason: 'OutcomeUnknown', message: 'x' }, 'create');
    expect(words).toMatchObject({ title: 'It is not known whether the DaemonSet was created', showsList: true });
  });

  it('tells a failed check from a failed creation', () => {
    expect(failureWords({ reason: 'Forbidden', message: 'x' }, 'check').title).toBe('It could not be checked');
    expect(failureWords({ reason: 'Forbidden', message: 'x' }, 'create').title).toBe('The DaemonSet was not created');
  });
});
