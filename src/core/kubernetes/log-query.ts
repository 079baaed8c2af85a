import type { LogQuery } from './log-request.ts';

export interface LogRange {
  readonly follow: boolean;
  readonly previous?: boolean | undefined;
  readonly tailLines?: number | undefined;
  readonly sinceSeconds?: number | undefined;
}

export interface LogPass {
  readonly container: string;
  /** This pass reads the former run. */
  readonly previous: boolean;
  /** Of the position; undefined while no line was kept. */
  readonly sinceTime: string | undefined;
  /** Another run follows the one that was asked for. */
  readonly fromBeginning: boolean;
  /** How long ago the log was first asked for; undefined at the first time. */
  readonly openForMs: number | undefined;
}

/**
 * What one request of a log asks for. A log that was asked for from its end, and was cut before a line came, is read from the time of
 * its opening: in seconds before now, which the kubelet counts on its own clock (pkg/kubelet/kuberuntime/logs, 1.37). A line of the
 * second before may come with it.
 */
export function logQuery(range: LogRange, pass: LogPass): LogQuery {
  const { tailLines, sinceSeconds } = range;
  const { container, previous, sinceTime, openForMs } = pass;
  const base = { container, follow: range.follow && !previous && range.previous !== true, previous };
  if (sinceTime !== undefined) return { ...base, sinceTime };
  if (pass.fromBeginning) return base;
  if (tailLines === 0 && openForMs !== undefined) {
    return { ...base, sinceSeconds: Math.max(1, Math.ceil(openForMs / 1000)) };
  }
  return {
    ...base,
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(sinceSeconds === undefined ? {} : { sinceSeconds }),
  };
}
