import {
  type LabelSelector,
  isSelectorError,
  parseLabelSelector,
  selectorMatches,
} from '../../shared/kubernetes/selector.ts';
import { type Json, asJson, isJsonObject } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import type { ResourceName } from './resources.ts';
import { badRequest } from './status-error.ts';

/** Which objects of a resource a request wants. */
export interface Selection {
  matches(object: KubeObject): boolean;
}

const COMMON = ['metadata.name', 'metadata.namespace'];
const INVOLVED = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];

/** The fields that the API server can select by, besides name and namespace. */
const FIELDS: Readonly<Record<ResourceName, readonly string[]>> = {
  namespaces: ['status.phase'],
  nodes: ['spec.unschedulable'],
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [...INVOLVED.map((name) => `involvedObject.${name}`), 'reason', 'reportingComponent', 'source', 'type'],
  configmaps: [],
  secrets: ['type'],
  daemonsets: [],
  controllerrevisions: [],
};

interface FieldTerm {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

function fieldText(object: KubeObject, field: string): string {
  const path = field === 'source' ? ['source', 'component'] : field.split('.');
  let value: Json | undefined = asJson(object);
  for (const step of path) value = isJsonObject(value) ? value[step] : undefined;
  return value === undefined || value === null
    ? field === 'spec.unschedulable' || field === 'spec.hostNetwork'
      ? 'false'
      : ''
    : String(value);
}

function parseFieldSelector(text: string, resource: ResourceName): readonly FieldTerm[] {
  return text
    .split(',')
    .filter((term) => term !== '')
    .map((term) => {
      const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(term);
      if (match === null) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
      const [, field = '', operator, value = ''] = match;
      if (!COMMON.includes(field) && !FIELDS[resource].includes(field)) {
        throw badRequest(`field label not supported: ${field}`);
      }
      return { field, equal: operator !== '!=', value };
    });
}

function parseLabels(text: string): LabelSelector {
  const parsed = parseLabelSelector(text);
  if (isSelectorError(parsed)) throw badRequest(`unable to parse requirement: ${parsed.error}`);
  return parsed;
}

/** A list's or watch's namespace, labelSelector and fieldSelector as one question; throws the API's 400 for what cannot be read. */
export function selectionOf(resource: ResourceName, namespace: string | undefined, query: URLSearchParams): Selection {
  const labels = parseLabels(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '', resource);
  return {
    matches: (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      fields.every((term) => (fieldText(object, term.field) === term.value) === term.equal) &&
      selectorMatches(labels, object.metadata.labels),
  };
}
