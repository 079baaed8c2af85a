import { assertNever } from '../assert-never.ts';
import { between, fraction } from '../random.ts';

/** How a program writes its log; chosen by the image, so that each DaemonSet's log looks like its own. */
export type LogStyle = 'bracket' | 'logfmt' | 'klog' | 'json' | 'coloured';

export function logStyleOf(image: string): LogStyle {
  if (/fluent/.test(image)) return 'bracket';
  if (/exporter|cilium|prometheus/.test(image)) return 'logfmt';
  if (/falco|vector/.test(image)) return 'json';
  if (/proxy|csi|nvidia|device-plugin|k8s/.test(image)) return 'klog';
  return 'coloured';
}

const WORK = [
  'reconciled local state',
  'flushed buffer to upstream',
  'health check passed',
  'scrape finished',
  'refreshed node metadata',
  'rotated file, following the new one',
  'connection to upstream re-used',
  'cache compacted',
  'watch bookmark received',
  'synchronised rules with the kernel',
];
const START = [
  'starting',
  'configuration loaded',
  'listening for health checks',
  'connected to the API server',
  'initial sync done',
  'ready',
];
const WARNINGS = ['upstream answered slowly', 'retrying after a timeout', 'dropped 1 sample out of order'];

export interface LogLineFacts {
  readonly style: LogStyle;
  /** Names one life of one container. */
  readonly seed: string;
  readonly index: number;
  readonly atMs: number;
  readonly container: string;
}

interface Entry {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly tookMs: number;
}

function entryOf({ seed, index, container }: LogLineFacts): Entry {
  const id = `${seed}/${index}`;
  const start = START[index];
  const tookMs = between(`${id}/took`, 1, 240);
  if (start !== undefined) return { level: 'info', message: `${container}: ${start}`, tookMs };
  const warns = fraction(`${id}/warn`) < 0.03;
  const list = warns ? WARNINGS : WORK;
  const message = list[between(`${id}/text`, 0, list.length - 1)] ?? '';
  return { level: warns ? 'warn' : 'info', message, tookMs };
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function written(style: LogStyle, entry: Entry, atMs: number, index: number): string {
  const iso = new Date(atMs).toISOString();
  const { level, message, tookMs } = entry;
  switch (style) {
    case 'bracket':
      return `[${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 19)}] [${level.padStart(5)}] [engine] ${message} (${tookMs} ms)`;
    case 'logfmt':
      return `time="${iso}" level=${level} msg="${message}" duration=${tookMs}ms seq=${index}`;
    case 'klog':
      return `${level.charAt(0).toUpperCase()}${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}000       1 main.go:${pad(100 + (index % 800), 3)}] "${message}" duration="${tookMs}ms"`;
    case 'json':
      return JSON.stringify({
        time: iso,
        priority: level,
        output: message,
        output_fields: { seq: index, duration_ms: tookMs },
      });
    case 'coloured': {
      const colour = level === 'info' ? 32 : level === 'warn' ? 33 : 31;
      return `${iso.slice(11, 23)} \u001b[${colour}m${level.toUpperCase().padEnd(5)}\u001b[0m ${message} \u001b[2mtook=${tookMs}ms\u001b[0m`;
    }
    default:
      return assertNever(style);
  }
}

/** The text of one line; the same line always has the same text. */
export function logText(facts: LogLineFacts): string {
  return written(facts.style, entryOf(facts), facts.atMs, facts.index);
}

/** What a container writes just before it ends with an error. */
export function lastWords(facts: LogLineFacts, which: 0 | 1): string {
  const message =
    which === 0 ? 'cannot open /etc/app/pipeline.conf: no such file or directory' : 'giving up, exit code 1';
  return written(facts.style, { level: 'error', message, tookMs: 0 }, facts.atMs, facts.index);
}
