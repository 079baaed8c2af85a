import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import type { Measure } from './usage-history.ts';

const KI = 1024;
const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;

/** As kubectl top words it: millicores; above ten cores, cores. */
export function cpuWords(cores: number): string {
  if (cores >= 10) return cores.toFixed(1);
  return `${Math.round(cores * 1000)}m`;
}

/** In the largest unit in which it is at least 1; three digits at most. */
export function memoryWords(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= KI && unit < UNITS.length - 1) {
    amount /= KI;
    unit += 1;
  }
  const digits = unit > 2 && amount < 100 ? 1 : 0;
  return `${amount.toFixed(digits)}${UNITS[unit] ?? ''}`;
}

export function usageWords(measure: Measure, value: number): string {
  return measure === 'cpu' ? cpuWords(value) : memoryWords(value);
}

/** "42%"; a dash without a bound. */
export function shareWords(value: number | undefined, bound: number | undefined): string {
  if (value === undefined || bound === undefined || bound === 0) return '–';
  return `${Math.round((value / bound) * 100)}%`;
}

/** Why there are no figures, and what to do. */
export function noUsageWords({ reason, message }: AppErrorData): string {
  switch (reason) {
    case 'NotFound':
      return 'This cluster has no metrics API (metrics.k8s.io). Install metrics-server to see CPU and memory here.';
    case 'Forbidden':
      return `${message} Ask for the right to get and list it to see CPU and memory here.`;
    case 'ServiceUnavailable':
      return `The metrics API does not answer (${message}). See whether metrics-server runs in this cluster.`;
    default:
      return `CPU and memory cannot be read: ${message}`;
  }
}
