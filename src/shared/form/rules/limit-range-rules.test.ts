import { describe, expect, it } from 'vitest';
import { formOf } from '../../../../tests/fakes/form-at-hand.ts';
import type { LimitRangeOffer } from '../../contract/offers.ts';
import { limitRangeProblems } from './limit-range-rules.ts';

function aRange(more: Partial<LimitRangeOffer>): LimitRangeOffer {
  const empty = { default: {}, defaultRequest: {}, min: {}, max: {}, maxLimitRequestRatio: {} };
  return { name: 'bounds', type: 'Container', ...empty, ...more };
}

/** What is said of a pod whose containers have these resources, as `path: message`. */
function said(containers: string, ...ranges: readonly Partial<LimitRangeOffer>[]): readonly string[] {
  const { manifest } = formOf(`kind: DaemonSet\nspec: {template: {spec: ${containers}}}\n`);
  const problems = limitRangeProblems(manifest, ranges.map(aRange));
  expect(problems.every(({ severity }) => severity === 'warning')).toBe(true);
  return problems.map(({ path, message }) => `${path.replace('spec.template.spec.', '')}: ${message}`);
}

const one = (resources: string) => `{containers: [{resources: ${resources}}]}`;
const AT = 'containers[0].resources';

describe('amounts of a container', () => {
  it.each<readonly [string, string, Partial<LimitRangeOffer>, string]>([
    [
      'a limit over the most',
      '{limits: {cpu: 3}}',
      { max: { cpu: '2' } },
      `${AT}.limits[cpu]: The limit is 3: the LimitRange bounds lets pass at most 2 of cpu per Container.`,
    ],
    [
      'no limit where there is a most',
      '{requests: {cpu: 1}}',
      { max: { cpu: '2' } },
      `${AT}.limits[cpu]: No limit is set: the LimitRange bounds lets pass at most 2 of cpu per Container.`,
    ],
    [
      'a request under the least',
      '{requests: {memory: 1Mi}}',
      { min: { memory: '8Mi' } },
      `${AT}.requests[memory]: The request is 1Mi: the LimitRange bounds wants at least 8Mi of memory per Container.`,
    ],
    [
      'a request that is the limit',
      '{limits: {memory: 1Mi}}',
      { min: { memory: '8Mi' } },
      `${AT}.limits[memory]: The request is 1Mi: the LimitRange bounds wants at least 8Mi of memory per Container.`,
    ],
    [
      'no request at all',
      '{}',
      { min: { cpu: '10m' } },
      `${AT}.requests[cpu]: No request is set: the LimitRange bounds wants at least 10m of cpu per Container.`,
    ],
    [
      'a limit far from its request',
      '{requests: {cpu: 200m}, limits: {cpu: 1}}',
      { maxLimitRequestRatio: { cpu: '2500m' } },
      `${AT}.limits[cpu]: The limit is 5 times the request: the LimitRange bounds lets the limit of cpu be at most 2500m times the request per Container.`,
    ],
    [
      'a request over the default of its limit',
      '{requests: {cpu: 3}}',
      { default: { cpu: '1' }, max: { cpu: '2' } },
      `${AT}.requests[cpu]: The request is 3: the LimitRange bounds lets pass at most 2 of cpu per Container.`,
    ],
    [
      'a default of the LimitRange',
      '{}',
      { default: { cpu: '3' }, max: { cpu: '2' } },
      `${AT}.limits[cpu]: The limit is 3: the LimitRange bounds lets pass at most 2 of cpu per Container.`,
    ],
  ])('%s', (_what, resources, range, finding) => {
    expect(said(one(resources), range)).toEqual([finding]);
  });

  it('within the bounds, or given by defaults within them, are not spoken of', () => {
    const bounds = {
      default: { cpu: '1' },
      defaultRequest: { cpu: '500m' },
      min: { cpu: '10m' },
      max: { cpu: '2' },
      maxLimitRequestRatio: { cpu: '2' },
    };
    expect(said(one('{}'), bounds)).toEqual([]);
    expect(said(one('{limits: {cpu: 2}}'), bounds)).toEqual([]);
    expect(said(one('{requests: {cpu: 1000m}, limits: {cpu: 2}}'), bounds)).toEqual([]);
    expect(said(one('{limits: {cpu: much}}'), { max: { cpu: '2' } })).toEqual([]);
    expect(said(one('{}'), { type: 'PersistentVolumeClaim', min: { storage: '1Gi' } })).toEqual([]);
  });
});

describe('amounts of all containers together', () => {
  const pod = (init: string) =>
    `{containers: [{resources: {limits: {cpu: 1}}}, {resources: {limits: {cpu: 1}}}], initContainers: [${init}]}`;
  const max = (cpu: string) => ({ type: 'Pod', max: { cpu } });

  it('are said at each container that has a part in them', () => {
    expect(said(pod(''), max('1'))).toEqual(
      [0, 1].map(
        (n) =>
          `containers[${n}].resources.limits[cpu]: The limit of all containers together is 2: the LimitRange bounds lets pass at most 1 of cpu per Pod.`,
      ),
    );
    expect(said(pod(''), max('2'))).toEqual([]);
  });

  it.each([
    ['{resources: {limits: {cpu: 2}}}', 0],
    ['{resources: {limits: {cpu: 3}}}', 3],
    ['{restartPolicy: Always, resources: {limits: {cpu: 500m}}}', 3],
    // The sidecar runs beside the init container after it.
    ['{restartPolicy: Always, resources: {}}, {resources: {limits: {cpu: 2}}}', 0],
    ['{resources: {limits: {cpu: 2}}}, {restartPolicy: Always, resources: {}}', 0],
  ])('count init containers one by one, and sidecars beside the workers: %s', (init, count) => {
    expect(said(pod(init), max('2'))).toHaveLength(count);
  });
});
