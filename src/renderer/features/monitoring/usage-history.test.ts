import { expect, it } from 'vitest';
import { alignedPoints, topPods, UsageHistory } from './usage-history.ts';

const usage = (name: string, cpu: number, memory = cpu) => ({ name, cpu, memory });

function historyOf(...samples: readonly (readonly ReturnType<typeof usage>[])[]) {
  const history = new UsageHistory();
  samples.forEach((pods, index) => history.add({ time: (index + 1) * 15_000, pods }));
  return history;
}

it('keeps the newest, the peak, and the largest and middle of all pods at each time', () => {
  const { view } = historyOf([usage('a', 1), usage('b', 2), usage('c', 9)], [usage('a', 5), usage('b', 1)]);
  expect(view.times).toEqual([15_000, 30_000]);
  expect(view.max.cpu).toEqual([9, 5]);
  expect(view.median.cpu).toEqual([2, 1]);
  expect(view.pods.get('b')).toMatchObject({ now: { cpu: 1 }, peak: { cpu: 2 }, points: { cpu: [2, 1] } });
  expect(view.pods.get('c')).toMatchObject({ now: undefined, peak: { cpu: 9 }, points: { cpu: [9, null] } });
});

it('takes the same sample once, and nothing older', () => {
  const history = historyOf([usage('a', 1)], [usage('a', 2)]);
  const before = history.view;
  history.add({ time: 30_000, pods: [usage('a', 3)] });
  history.add({ time: 1, pods: [usage('a', 3)] });
  history.add({ time: 0, pods: [] });
  expect(history.view).toBe(before);
});

it('aligns a pod that came later, and forgets one of which nothing is left', () => {
  const { view } = historyOf([usage('a', 1)], [usage('a', 1), usage('b', 2)]);
  const late = view.pods.get('b');
  expect(late && alignedPoints(view, late, 'cpu')).toEqual([null, 2]);
  const many = Array.from({ length: 480 }, () => [usage('a', 1)]);
  expect([...historyOf([usage('gone', 1)], ...many).view.pods.keys()]).toEqual(['a']);
});

it('names the pods that use most now', () => {
  const { view } = historyOf([usage('old', 9)], [usage('a', 1, 7), usage('b', 2, 3), usage('c', 2, 1)]);
  expect(topPods(view, 'cpu', 2).map(({ name }) => name)).toEqual(['b', 'c']);
  expect(topPods(view, 'memory', 1).map(({ name }) => name)).toEqual(['a']);
});

it('is bounded for 5,000 pods and hours of samples', () => {
  const pods = Array.from({ length: 5000 }, (_, index) => usage(`pod-${index}`, index));
  const history = new UsageHistory();
  for (let round = 1; round <= 45; round += 1) history.add({ time: round, pods });
  expect(history.view.pods.get('pod-7')?.points.cpu).toHaveLength(40);
  for (let round = 46; round <= 600; round += 1) history.add({ time: round, pods: pods.slice(0, 1) });
  expect(history.view.times).toHaveLength(480);
  expect(history.view.pods.size).toBe(1);
});
