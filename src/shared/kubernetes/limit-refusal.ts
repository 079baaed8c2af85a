import { at, field, isObject, records, text } from './json-fields.ts';
import { parseQuantity, type Quantity } from './quantity.ts';

/** One sentence of LimitRanger, and the amounts of the pod's spec that it is about; none when it says nothing of one. */
export interface LimitRefusal {
  /** Under the spec: "containers[0].resources.limits.cpu". */
  readonly paths: readonly string[];
  readonly message: string;
}

type AmountKind = 'request' | 'limit';

interface ContainerAmounts {
  readonly path: string;
  readonly name: string;
  readonly written: (kind: AmountKind, resource: string) => string | undefined;
}

const SENTENCE =
  /(?:(?:minimum|maximum) (\S+) usage per (\S+) is [^,.\s]+(?:\.\d+)?\w*(?:\.\s+No (request|limit) is specified|, but (request|limit) is ([^,\]\s]+)))|(\S+) max limit to request ratio per (\S+) is [^,]+, but (?:provided ratio is ([\d.]+)|no (request|limit) is specified or \w+ is 0)/g;

/**
 * Places what LimitRanger says (plugin/pkg/admission/limitranger, 1.37). It names no container, and says each sentence once: the
 * containers are those with the amount or the ratio that it speaks of, or those without one; all of them when it is about the pod.
 */
export function limitRefusals(message: string, podSpec: unknown): readonly LimitRefusal[] {
  const containers = containersOf(podSpec);
  const found = [...message.matchAll(SENTENCE)].map((match): LimitRefusal => {
    const [words, usage, usageType, missing, present, amount, ratioOf = '', ratioType, ratio, unset] = match;
    const resource = usage ?? ratioOf;
    const absent = kindOf(missing ?? unset);
    if ((usageType ?? ratioType) === 'Pod')
      return aboutPod(words, containers, absent ?? kindOf(present) ?? 'limit', resource);
    const [kind, concerned] =
      absent !== undefined
        ? [absent, containers.filter((each) => effective(each, absent, resource) === undefined)]
        : ratio !== undefined
          ? (['limit', containers.filter((each) => ratioText(each, resource) === ratio)] as const)
          : ([
              kindOf(present) ?? 'limit',
              withAmount(containers, kindOf(present) ?? 'limit', resource, amount),
            ] as const);
    return { paths: concerned.map((each) => pathOf(each, kind, resource)), message: saying(words, concerned) };
  });
  return found.length === 0 ? [{ paths: [], message }] : found;
}

function kindOf(word: string | undefined): AmountKind | undefined {
  return word === 'request' || word === 'limit' ? word : undefined;
}

function aboutPod(
  message: string,
  containers: readonly ContainerAmounts[],
  kind: AmountKind,
  resource: string,
): LimitRefusal {
  const setting = containers.filter((each) => effective(each, kind, resource) !== undefined);
  return { paths: setting.map((each) => pathOf(each, kind, resource)), message };
}

/** Those that have it written; else those that have none, which a LimitRange has given its default. */
function withAmount(
  containers: readonly ContainerAmounts[],
  kind: AmountKind,
  resource: string,
  amount: string | undefined,
): readonly ContainerAmounts[] {
  const wanted = parseQuantity(amount ?? '');
  const written = containers.filter((each) => effective(each, kind, resource)?.nanos === wanted?.nanos);
  if (wanted === undefined || written.length > 0) return written;
  return containers.filter((each) => effective(each, kind, resource) === undefined);
}

/** A request that is not written is its limit (SetDefaults_Pod, pkg/apis/core/v1/defaults.go, 1.37). */
function effective(container: ContainerAmounts, kind: AmountKind, resource: string): Quantity | undefined {
  const own =
    container.written(kind, resource) ?? (kind === 'request' ? container.written('limit', resource) : undefined);
  return own === undefined ? undefined : parseQuantity(own);
}

/** Where the amount is written that counts; where there is none, where it would be. */
function pathOf({ path, written }: ContainerAmounts, kind: AmountKind, resource: string): string {
  const isFromLimit = kind === 'request' && written('request', resource) === undefined;
  const place = isFromLimit && written('limit', resource) !== undefined ? 'limit' : kind;
  return `${path}.resources.${place}s.${resource}`;
}

/** As Go prints it: `%f`. */
function ratioText(container: ContainerAmounts, resource: string): string | undefined {
  const [request, limit] = [effective(container, 'request', resource), effective(container, 'limit', resource)];
  if (!request || !limit || request.nanos === 0n) return undefined;
  return (Number(limit.nanos) / Number(request.nanos)).toFixed(6);
}

function saying(words: string, containers: readonly ContainerAmounts[]): string {
  if (containers.length < 2) return words;
  return `${words} (containers ${containers.map(({ name }) => name).join(' and ')})`;
}

function containersOf(podSpec: unknown): readonly ContainerAmounts[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    records(at(podSpec, list)).map((container, index) => ({
      path: `${list}[${index}]`,
      name: text(container['name']),
      written: (kind: AmountKind, resource: string) => {
        const amounts = at(container, 'resources', `${kind}s`);
        const amount = isObject(amounts) ? field(amounts, resource) : undefined;
        return amount === undefined || amount === null ? undefined : String(amount);
      },
    })),
  );
}
