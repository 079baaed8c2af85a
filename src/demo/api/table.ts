import { type JsonObject, asJson } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { objectAt, stringMapAt, textAt } from '../validation/read.ts';
import { humanDuration } from './human-duration.ts';
import type { Page } from './list.ts';
import { type Answer, type ApiRequest, json } from './request.ts';
import type { ResourceName } from './resources.ts';

type Cell = (object: JsonObject, nowMs: number) => string | number;

interface Column {
  readonly name: string;
  readonly cell: Cell;
  readonly description: string;
}

const NAME: Column = {
  name: 'Name',
  cell: (object) => textAt(metadataOf(object), 'name'),
  description: 'Name must be unique within a namespace.',
};
const AGE: Column = {
  name: 'Age',
  cell: (object, nowMs) => humanDuration(nowMs - Date.parse(textAt(metadataOf(object), 'creationTimestamp'))),
  description: 'CreationTimestamp is a timestamp representing the server time when this object was created.',
};

function keys(object: JsonObject, field: string): number {
  return Object.keys(stringMapAt(object, field)).length;
}

/** What is printed without a value (pkg/printers/internalversion/printers.go, 1.37). Other resources are not printed here. */
const COLUMNS: Readonly<Partial<Record<ResourceName, readonly Column[]>>> = {
  configmaps: [
    NAME,
    {
      name: 'Data',
      cell: (object) => keys(object, 'data') + keys(object, 'binaryData'),
      description: 'Data contains the configuration data.',
    },
    AGE,
  ],
  secrets: [
    NAME,
    {
      name: 'Type',
      cell: (object) => textAt(object, 'type'),
      description: 'Used to facilitate programmatic handling of secret data.',
    },
    { name: 'Data', cell: (object) => keys(object, 'data'), description: 'Data contains the secret data.' },
    AGE,
  ],
};

function metadataOf(object: JsonObject): JsonObject | undefined {
  return objectAt(object, 'metadata');
}

/** Whether a Table is the first that the request takes of what can be given. */
function asksForTable({ message }: ApiRequest): boolean {
  const [first = ''] = (message.headers.accept ?? '').split(',');
  const parts = first.split(';').map((part) => part.trim());
  return parts[0] === 'application/json' && ['as=Table', 'v=v1', 'g=meta.k8s.io'].every((part) => parts.includes(part));
}

function objectOf(object: KubeObject, include: string | null): object | null {
  if (include === 'None') return null;
  if (include === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** A page, or one object, as the Table that the request asks for; undefined where it asks for none or there is none. */
export function tableOf(
  request: ApiRequest,
  resource: ResourceName,
  {
    items,
    version,
    continueToken,
    remaining,
  }: Pick<Page, 'items' | 'continueToken' | 'remaining'> & {
    readonly version: number | string;
  },
  nowMs: number,
): Answer | undefined {
  const columns = COLUMNS[resource];
  if (columns === undefined || !asksForTable(request)) return undefined;
  const include = request.query.get('includeObject');
  return json(200, {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {
      resourceVersion: String(version),
      ...(continueToken === undefined ? {} : { continue: continueToken }),
      ...(remaining === undefined ? {} : { remainingItemCount: remaining }),
    },
    columnDefinitions: columns.map(({ name, description }) => ({
      name,
      type: 'string',
      format: name === 'Name' ? 'name' : '',
      description,
      priority: 0,
    })),
    rows: items.map((object) => ({
      cells: columns.map(({ cell }) => cell(asJson(object), nowMs)),
      object: objectOf(object, include),
    })),
  });
}
