import { describe, expect, it } from 'vitest';
import { pruneOpenApi } from './prune-openapi.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const gvk = [{ group: 'apps', version: 'v1', kind: 'DaemonSet' }];

function document(properties: object, others: object = {}) {
  const root = { type: 'object', required: ['spec'], properties, 'x-kubernetes-group-version-kind': gvk };
  return { components: { schemas: { 'io.k8s.api.apps.v1.DaemonSet': root, ...others } } };
}

const prune = (properties: object, others?: object, descriptionLimit?: number) =>
  pruneOpenApi(document(properties, others), {
    serverVersion: 'v1.37.2',
    ...(descriptionLimit === undefined ? {} : { descriptionLimit }),
  });

describe('pruning an OpenAPI document', () => {
  it('keeps types, formats, enums, keys, required fields, defaults and descriptions', () => {
    const schema = prune({
      count: { type: 'integer', format: 'int32', default: 5, description: 'How many.' },
      type: { type: 'string', enum: ['A', 'B'], default: '' },
      flag: { type: 'boolean' },
      weight: { type: 'number' },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      port: ref('io.k8s.apimachinery.pkg.util.intstr.IntOrString'),
      size: { allOf: [ref('io.k8s.apimachinery.pkg.api.resource.Quantity')], default: {} },
      at: ref('io.k8s.apimachinery.pkg.apis.meta.v1.Time'),
      free: { type: 'object' },
      list: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-map-keys': ['name'] },
      odd: {},
    });
    expect(schema).toEqual({
      serverVersion: 'v1.37.2',
      root: 'DaemonSet',
      types: {
        DaemonSet: {
          required: ['spec'],
          fields: {
            count: { type: 'integer', format: 'int32', default: 5, description: 'How many.' },
            type: { type: 'string', enum: ['A', 'B'] },
            flag: { type: 'boolean' },
            weight: { type: 'number' },
            labels: { type: 'map', values: { type: 'string' } },
            port: { type: 'intOrString' },
            size: { type: 'quantity' },
            at: { type: 'time' },
            free: { type: 'any' },
            list: { type: 'array', items: { type: 'string' }, listMapKeys: ['name'] },
            odd: { type: 'any' },
          },
        },
      },
    });
  });

  it('follows references, also in circles, and drops what no DaemonSet is made of', () => {
    const schema = prune(
      { spec: { allOf: [ref('a.Spec')] } },
      { 'a.Spec': { properties: { self: ref('a.Spec') } }, 'a.Deployment': { properties: {} } },
    );
    expect(Object.keys(schema?.types ?? {})).toEqual(['DaemonSet', 'Spec']);
    expect(schema?.types['Spec']?.fields['self']).toEqual({ type: 'object', ref: 'Spec' });
  });

  it('tells types of one short name apart', () => {
    const schema = prune(
      { a: ref('x.Spec'), b: ref('y.Spec') },
      { 'x.Spec': { properties: { x: { type: 'string' } } }, 'y.Spec': { properties: { y: { type: 'string' } } } },
    );
    expect(schema?.types['Spec']?.fields).toHaveProperty('x');
    expect(schema?.types['y.Spec']?.fields).toHaveProperty('y');
  });

  it('cuts long descriptions after a sentence', () => {
    const description = 'First sentence. Second sentence that is longer.';
    expect(prune({ a: { type: 'string', description } }, {}, 30)?.types['DaemonSet']?.fields['a']?.description).toBe(
      'First sentence.',
    );
  });

  it('answers nothing for another document', () => {
    expect(pruneOpenApi({}, { serverVersion: 'v1' })).toBeUndefined();
    expect(pruneOpenApi({ components: { schemas: { Pod: {} } } }, { serverVersion: 'v1' })).toBeUndefined();
  });
});
