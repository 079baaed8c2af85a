import { describe, expect, it } from 'vitest';
import { parseFieldPath } from '../../src/shared/manifest/field-path.ts';
import { at, text } from '../../src/shared/kubernetes/json-fields.ts';
import { daemonSetOf, documentsOf, featuresOf, realWorldFiles, realWorldManifests } from './real-world.ts';

const manifests = await realWorldManifests();

describe('the real-world manifests', () => {
  it('are twenty, each in the index once', async () => {
    expect(manifests.map(({ file }) => file).toSorted()).toEqual(await realWorldFiles());
    expect(manifests).toHaveLength(20);
  });

  it.each(manifests)('$file is readable YAML with one DaemonSet', ({ text: source }) => {
    const documents = documentsOf(source);
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const kinds = documents.map((document) => text(at(document.toJS(), 'kind')));
    expect(kinds.filter((kind) => kind === 'DaemonSet')).toHaveLength(1);
  });

  it.each(manifests)('$file has at least six of the awkward things', (manifest) => {
    expect([...featuresOf(manifest)].length, [...featuresOf(manifest)].join(', ')).toBeGreaterThanOrEqual(6);
  });

  it.each(manifests)('$file is strict unless it has newer fields, and has those that the index names', (manifest) => {
    expect(manifest.fieldValidation).toBe(manifest.newerFields.length > 0 ? 'Warn' : 'Strict');
    for (const path of manifest.newerFields) {
      const value = parseFieldPath(path).reduce<unknown>(
        (here, step) => (Array.isArray(here) ? here[Number(step.text)] : at(here, step.text)),
        daemonSetOf(manifest.text),
      );
      expect(value, path).toBeDefined();
    }
  });
});
