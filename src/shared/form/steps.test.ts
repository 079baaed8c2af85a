import { expect, it } from 'vitest';
import type { FormProblem } from './form-problem.ts';
import { placeOfPath, problemCounts } from './steps.ts';

it.each([
  ['metadata.name', { step: 'base' }],
  ['metadata.annotations[kubesphere.io/alias-name]', { step: 'base' }],
  ['metadata.annotations', { step: 'advanced' }],
  ['metadata.labels', { step: 'advanced' }],
  ['spec.selector', { step: 'base' }],
  ['spec.template.metadata.labels', { step: 'base' }],
  ['spec.template.metadata.annotations', { step: 'advanced' }],
  ['spec.updateStrategy.rollingUpdate.maxUnavailable', { step: 'containers', section: 'strategy' }],
  ['spec.minReadySeconds', { step: 'containers', section: 'strategy' }],
  ['spec.template.spec.containers', { step: 'containers', list: 'containers', index: 0 }],
  ['spec.template.spec.containers[2].image', { step: 'containers', list: 'containers', index: 2 }],
  ['spec.template.spec.initContainers[0].env[3].name', { step: 'containers', list: 'initContainers', index: 0 }],
  ['spec.template.spec.containers[0].volumeMounts[1].name', { step: 'volumes' }],
  ['spec.template.spec.volumes[1].hostPath.path', { step: 'volumes' }],
  ['spec.template.spec.tolerations[0].key', { step: 'containers', section: 'scheduling' }],
  ['spec.template.spec.securityContext.fsGroup', { step: 'containers', section: 'security' }],
  ['spec.template.spec.hostNetwork', { step: 'containers', section: 'host' }],
  ['spec.template.spec.priorityClassName', { step: 'containers', section: 'identity' }],
  ['', { step: 'base' }],
])('%s is edited in its step', (path, place) => {
  expect(placeOfPath(path)).toEqual(place);
});

it('a step counts its errors, and no warnings', () => {
  const problem = (path: string, severity: FormProblem['severity']): FormProblem => ({
    path,
    severity,
    message: '',
    source: 'rule',
  });
  const counts = problemCounts([
    problem('metadata.name', 'error'),
    problem('metadata.name', 'warning'),
    problem('spec.template.spec.volumes[0].name', 'error'),
    problem('spec.template.spec.containers[0].volumeMounts[0].name', 'error'),
  ]);
  expect([...counts]).toEqual([
    ['base', 1],
    ['volumes', 2],
  ]);
});
