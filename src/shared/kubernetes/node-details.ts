import type { NodeDetails } from '../contract/node.ts';
import { type JsonObject, asObject, objectAt, objectsAt, stringMapAt, textAt } from './json-fields.ts';
import { conditionViews } from './pod-details.ts';

const INFO = [
  'kubeletVersion',
  'containerRuntimeVersion',
  'kernelVersion',
  'osImage',
  'operatingSystem',
  'architecture',
];

/** What a node's page shows beside its row. Never throws on odd objects. */
export function nodeDetails(node: unknown): NodeDetails {
  const status = objectAt(asObject(node), 'status');
  const info = stringMapAt(status, 'nodeInfo');
  return {
    conditions: conditionViews(status),
    addresses: objectsAt(status, 'addresses').map(
      (address) => `${textAt(address, 'type') ?? ''} ${textAt(address, 'address') ?? ''}`,
    ),
    capacity: amounts(objectAt(status, 'capacity')),
    allocatable: amounts(objectAt(status, 'allocatable')),
    info: Object.fromEntries(INFO.flatMap((key) => (info[key] === undefined ? [] : [[key, info[key]]]))),
  };
}

function amounts(resources: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(resources).map(([name, amount]) => [name, String(amount)]));
}
