import type { ContainerEnvironment } from './env-source.ts';
import { asObject, at, objectAt, records, stringMapAt, text } from './json-fields.ts';
import { parseQuantity } from './quantity.ts';

const ONE_OF_A_MAP = /^metadata\.(labels|annotations)\['(.*)'\]$/;

/** What a fieldRef is in one pod (kubelet podFieldSelectorRuntimeValue, 1.37); undefined for what the pod has not yet, or a path that is none. */
export function podFieldValue(pod: unknown, fieldPath: string): string | undefined {
  const object = asObject(pod);
  const [, map, key] = ONE_OF_A_MAP.exec(fieldPath) ?? [];
  // A label or an annotation that is not there is an empty value (pkg/fieldpath).
  if (map !== undefined) return stringMapAt(objectAt(object, 'metadata'), map)[key ?? ''] ?? '';
  switch (fieldPath) {
    case 'metadata.name':
    case 'metadata.namespace':
    case 'metadata.uid':
    case 'spec.nodeName':
    case 'spec.serviceAccountName':
    case 'status.hostIP':
    case 'status.podIP':
      return text(at(object, ...fieldPath.split('.'))) || undefined;
    case 'status.hostIPs':
    case 'status.podIPs':
      return listOfIPs(at(object, ...fieldPath.split('.')));
    default:
      return undefined;
  }
}

function listOfIPs(list: unknown): string | undefined {
  return (
    records(list)
      .map(({ ip }) => text(ip))
      .join(',') || undefined
  );
}

const NANO = 10n ** 9n;
const MILLI = 10n ** 6n;

/**
 * What a resourceFieldRef is (pkg/api/v1/resource ExtractContainerResourceValue, 1.37): what is not set is 0. A limit that
 * the kubelet fills in before is a matter of `limitInstead`.
 */
export function resourceFieldValue(
  container: Pick<ContainerEnvironment, 'limits' | 'requests'>,
  resource: string,
  divisor: string,
): string | undefined {
  const [list = '', name = ''] = splitOnce(resource);
  if (list !== 'limits' && list !== 'requests') return undefined;
  return dividedAmount(resource, container[list][name] ?? '0', divisor);
}

/** An amount of `resource` ("limits.cpu") divided by the divisor and rounded up to a whole number. */
export function dividedAmount(resource: string, said: string, divisor: string): string | undefined {
  const amount = parseQuantity(said);
  const by = parseQuantity(divisor === '' || divisor === '0' ? '1' : divisor);
  if (amount === undefined || by === undefined || by.nanos <= 0n) return undefined;
  // CPU is counted in thousandths, everything else in whole units.
  const unit = splitOnce(resource)[1] === 'cpu' ? MILLI : NANO;
  return String(roundUp(roundUp(amount.nanos, unit), roundUp(by.nanos, unit)));
}

function splitOnce(resource: string): readonly string[] {
  const dot = resource.indexOf('.');
  return dot === -1 ? [] : [resource.slice(0, dot), resource.slice(dot + 1)];
}

function roundUp(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}
