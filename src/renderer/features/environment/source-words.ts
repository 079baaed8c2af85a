import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { EnvRow } from '../../../shared/kubernetes/environment.ts';
import type { EnvSource } from '../../../shared/kubernetes/env-source.ts';

/** "Secret api, key token (optional)": where a variable comes from. */
export function sourceWords({ source, envFrom }: Pick<EnvRow, 'source' | 'envFrom'>): string {
  if (envFrom === undefined) return wordsOf(source);
  const { kind, name, prefix, optional } = envFrom;
  const key = source.type === 'key' ? `, key ${source.key}` : '';
  const marks = [`envFrom`, ...(prefix === '' ? [] : [`prefix ${prefix}`]), ...(optional ? ['optional'] : [])];
  return `${kind ?? 'unknown source'} ${name}`.trim() + `${key} (${marks.join(', ')})`;
}

function wordsOf(source: EnvSource): string {
  switch (source.type) {
    case 'value':
      return 'value';
    case 'key':
      return `${source.kind} ${source.name}, key ${source.key}${source.optional ? ' (optional)' : ''}`;
    case 'fieldRef':
      return `field ${source.fieldPath}`;
    case 'resourceFieldRef': {
      const { resource, containerName, divisor } = source;
      const of = containerName === '' ? '' : ` of container ${containerName}`;
      return `resource ${resource}${of}${divisor === '' || divisor === '0' ? '' : `, in units of ${divisor}`}`;
    }
    case 'fileKeyRef':
      return `file ${source.path} in volume ${source.volumeName}, key ${source.key}${source.optional ? ' (optional)' : ''}`;
    case 'unknown':
      return 'unknown source';
    default:
      return assertNever(source);
  }
}
