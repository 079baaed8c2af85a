import { describe, expect, it } from 'vitest';
import { redactObject } from './redact-object.ts';

describe('an object in the journal', () => {
  it('hides env values of every kind of container and keeps references', () => {
    const object = {
      spec: {
        initContainers: [{ env: [{ name: 'A', value: 'hush' }] }],
        containers: [
          {
            env: [
              { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
              { name: 'C', value: '' },
            ],
          },
        ],
      },
    };
    expect(redactObject(object)).toEqual({
      spec: {
        initContainers: [{ env: [{ name: 'A', value: '[redacted]' }] }],
        containers: [
          {
            env: [
              { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
              { name: 'C', value: '[redacted]' },
            ],
          },
        ],
      },
    });
  });

  it('hides the values of the headers of probes, which may hold a login', () => {
    const probe = (value: string) => ({
      readinessProbe: { httpGet: { httpHeaders: [{ name: 'Authorization', value }] } },
    });
    expect(redactObject(probe('Bearer hush'))).toEqual(probe('[redacted]'));
  });

  it("hides kubectl's copy of the former object and leaves managedFields out", () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"hush":1}', other: 'kept' };
    expect(redactObject({ metadata: { annotations, managedFields: [{}] } })).toEqual({
      metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '[redacted]', other: 'kept' } },
    });
  });

  it('hides the data of a Secret and of nothing else', () => {
    expect(redactObject({ kind: 'Secret', data: { a: 'x' }, stringData: { b: 'y' } })).toEqual({
      kind: 'Secret',
      data: { a: '[redacted]' },
      stringData: { b: '[redacted]' },
    });
    expect(redactObject({ kind: 'ConfigMap', data: { a: 'x' } })).toEqual({ kind: 'ConfigMap', data: { a: 'x' } });
  });

  it('does not change the object itself', () => {
    const object = { env: [{ name: 'A', value: 'hush' }] };
    redactObject(object);
    expect(object.env[0]?.value).toBe('hush');
  });
});
