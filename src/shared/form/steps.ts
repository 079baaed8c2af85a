import type { FormProblem } from './form-problem.ts';

/** The steps of the wizard in their order. */
export const FORM_STEPS = ['base', 'containers', 'volumes', 'advanced', 'review'] as const;
export type FormStep = (typeof FORM_STEPS)[number];

export const STEP_NAMES: Readonly<Record<FormStep, string>> = {
  base: 'Base info',
  containers: 'Containers',
  volumes: 'Volumes',
  advanced: 'Advanced',
  review: 'Review',
};

/** Parts of the containers step that are about the whole pod. */
export const POD_SECTIONS = ['strategy', 'scheduling', 'security', 'host', 'identity'] as const;
export type PodSection = (typeof POD_SECTIONS)[number];

export const SECTION_NAMES: Readonly<Record<PodSection, string>> = {
  strategy: 'Update strategy',
  scheduling: 'Scheduling',
  security: 'Pod security',
  host: 'Host access',
  identity: 'Identity and life',
};

/** Where a field is edited in the form. */
export type FormPlace =
  | { readonly step: Exclude<FormStep, 'containers' | 'review'> }
  | { readonly step: 'containers'; readonly section: PodSection }
  | { readonly step: 'containers'; readonly list: 'containers' | 'initContainers'; readonly index: number };

/** A container, or a part that is about the whole pod. */
export type ContainersPlace = Extract<FormPlace, { step: 'containers' }>;

const POD = 'spec.template.spec.';

const SECTION_FIELDS: readonly (readonly [PodSection, readonly string[]])[] = [
  ['scheduling', ['nodeSelector', 'affinity', 'tolerations', 'schedulerName', 'topologySpreadConstraints']],
  ['security', ['securityContext']],
  [
    'host',
    [
      'hostNetwork',
      'hostPID',
      'hostIPC',
      'hostUsers',
      'dnsPolicy',
      'dnsConfig',
      'hostAliases',
      'shareProcessNamespace',
    ],
  ],
];

/** The place of the form at which the server's field path is edited. */
export function placeOfPath(path: string): FormPlace {
  const container = /^spec\.template\.spec\.(containers|initContainers)\[(\d+)\](?:\.(\w+))?/.exec(path);
  if (container) {
    const [, list, index, field] = container;
    if (field === 'volumeMounts') return { step: 'volumes' };
    return {
      step: 'containers',
      list: list === 'initContainers' ? 'initContainers' : 'containers',
      index: Number(index),
    };
  }
  if (path.startsWith(`${POD}volumes`)) return { step: 'volumes' };
  if (path.startsWith(`${POD}containers`)) return { step: 'containers', list: 'containers', index: 0 };
  if (path.startsWith(POD)) return { step: 'containers', section: sectionOf(path.slice(POD.length)) };
  if (/^spec\.(updateStrategy|minReadySeconds|revisionHistoryLimit)/.test(path)) {
    return { step: 'containers', section: 'strategy' };
  }
  const isNamed = /^metadata\.annotations\[kubesphere\.io\/(alias-name|description)\]/.test(path);
  if (!isNamed && /^(metadata|spec\.template\.metadata)\.(labels|annotations)/.test(path)) {
    return path.startsWith('spec.template.metadata.labels') ? { step: 'base' } : { step: 'advanced' };
  }
  return { step: 'base' };
}

function sectionOf(field: string): PodSection {
  const name = /^\w+/.exec(field)?.[0] ?? '';
  return SECTION_FIELDS.find(([, names]) => names.includes(name))?.[0] ?? 'identity';
}

/** How many errors each step has. */
export function problemCounts(problems: readonly FormProblem[]): ReadonlyMap<FormStep, number> {
  const counts = new Map<FormStep, number>();
  for (const { path, severity } of problems) {
    if (severity !== 'error') continue;
    const { step } = placeOfPath(path);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return counts;
}
