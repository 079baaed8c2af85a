import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, text } from '../../src/shared/kubernetes/json-fields.ts';
import { buildClusterKit } from '../cluster/cluster-kit.ts';
import { type RealCluster, startRealCluster } from '../cluster/real-cluster.ts';
import { daemonSetOf, documentsOf, realWorldManifests } from './real-world.ts';

const manifests = await realWorldManifests();
let cluster: RealCluster;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 1, name: 'manifests' });
  const namespaces = new Set(
    manifests.map((manifest) => text(at(daemonSetOf(manifest.text), 'metadata', 'namespace'))),
  );
  await Promise.all(
    [...namespaces]
      .filter((name) => name !== 'kube-system' && name !== 'default')
      .map(async (name) => expect(await cluster.kubectl(['create', 'namespace', name])).toMatchObject({ code: 0 })),
  );
}, 20 * 60_000);

afterAll(() => cluster.stop());

/** The text without its Namespace, which exists by now. */
function withoutNamespace(source: string): string {
  return documentsOf(source)
    .filter((document) => at(document.toJS(), 'kind') !== 'Namespace')
    .map((document) => source.slice(document.range[0], document.range[2]))
    .join('\n---\n');
}

describe('the real control plane accepts', () => {
  it.each(manifests)('$file with fieldValidation=$fieldValidation', async (manifest) => {
    const validate = `--validate=${manifest.fieldValidation.toLowerCase()}`;
    const said = await cluster.kubectl(['create', '--dry-run=server', validate, '-o', 'name', '-f', '-'], {
      input: withoutNamespace(manifest.text),
    });
    expect(said, said.stderr).toMatchObject({ code: 0 });
    const name = text(at(daemonSetOf(manifest.text), 'metadata', 'name'));
    expect(said.stdout.split('\n')).toContain(`daemonset.apps/${name}`);
    for (const path of manifest.newerFields) expect(said.stderr).toContain(`unknown field "${path}"`);
  });

  it.each(manifests.filter(({ newerFields }) => newerFields.length > 0))(
    '$file only where newer fields may be: strictly it is refused for them',
    async (manifest) => {
      const said = await cluster.kubectl(['create', '--dry-run=server', '--validate=strict', '-f', '-'], {
        input: withoutNamespace(manifest.text),
      });
      expect(said.code).not.toBe(0);
      for (const path of manifest.newerFields) expect(said.stderr).toContain(`unknown field "${path}"`);
    },
  );
});
