import { expect, it } from 'vitest';
import { chartData, chartWords, legendOf } from './chart-data.ts';
import { UsageHistory } from './usage-history.ts';

function historyOf(count: number, rounds = 2) {
  const history = new UsageHistory();
  for (let round = 1; round <= rounds; round += 1) {
    const pods = Array.from({ length: count }, (_, index) => ({
      name: `pod-${index}`,
      cpu: (index + 1) / 1000,
      memory: 1024,
    }));
    history.add({ time: round * 15_000, pods });
  }
  return history.view;
}

const about = { measure: 'cpu', subject: 'Pod', bounds: { request: 0.1 } } as const;

it('draws few pods each, under the largest and the middle of all, with what is requested', () => {
  const { times, lines } = chartData(historyOf(3), about);
  expect(times).toEqual([15_000, 30_000]);
  expect(lines.map(({ look, label, values }) => `${look} ${label} ${values.join(' ')}`)).toEqual([
    'thin pod-2 0.003 0.003',
    'thin pod-1 0.002 0.002',
    'thin pod-0 0.001 0.001',
    'middle Median 0.002 0.002',
    'main Highest 0.003 0.003',
    'request Request 0.1 0.1',
  ]);
});

it('draws of many pods the 20 that use most', () => {
  const view = historyOf(5000, 1);
  const thin = chartData(view, about).lines.filter(({ look }) => look === 'thin');
  expect(thin).toHaveLength(20);
  expect(thin[0]?.label).toBe('pod-4999');
  expect(legendOf(view, about).map(({ text }) => text)).toEqual([
    'highest 5000m',
    'median 2500m',
    'request 100m',
    'the 20 that use most',
  ]);
});

it('needs no middle of one, and none of the containers of a pod', () => {
  const looks = (view: ReturnType<typeof historyOf>, subject: 'Pod' | 'Container') =>
    chartData(view, { measure: 'memory', subject, bounds: {} }).lines.map(({ look }) => look);
  expect(looks(historyOf(1), 'Pod')).toEqual(['thin', 'main']);
  expect(looks(historyOf(2), 'Container')).toEqual(['thin', 'thin', 'main']);
  expect(chartWords(historyOf(1), { measure: 'memory', subject: 'Container', bounds: { limit: 2048 } })).toBe(
    'Memory of 1 container: highest 1Ki, limit 2Ki',
  );
});
