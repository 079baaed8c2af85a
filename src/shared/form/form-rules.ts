import type { JsonObject } from '../manifest/json-value.ts';
import { Findings, type FormProblem } from './form-problem.ts';
import { checkContainers } from './rules/container-rules.ts';
import { checkDns } from './rules/dns-rules.ts';
import { checkAnnotations, checkMetadata } from './rules/metadata-rules.ts';
import { checkNodeAffinity } from './rules/node-affinity-rules.ts';
import { Place } from './rules/place.ts';
import { checkPod } from './rules/pod-rules.ts';
import { checkPodSecurity } from './rules/security-rules.ts';
import { checkSelector } from './rules/selector-rules.ts';
import { checkStrategy } from './rules/strategy-rules.ts';
import { checkVolumes } from './rules/volume-rules.ts';

/**
 * What is wrong with a DaemonSet as far as it can be told without a server: every error here is refused by the API
 * server of 1.37 as well, at the same field. What is not found here may still be refused there.
 */
export function ruleProblems(manifest: JsonObject): readonly FormProblem[] {
  const findings = new Findings();
  const root = new Place(manifest, '');
  const spec = root.at('spec');
  const template = spec.at('template');
  const pod = template.at('spec');
  checkMetadata(root.at('metadata'), findings);
  checkSelector(spec, findings);
  checkStrategy(spec, findings);
  checkAnnotations(template.at('metadata', 'annotations'), findings);
  checkContainers(pod, findings);
  checkVolumes(pod, findings);
  checkPod(pod, findings);
  checkNodeAffinity(pod.at('affinity', 'nodeAffinity'), findings);
  checkDns(pod, findings);
  checkPodSecurity(pod.at('securityContext'), findings);
  return findings.problems;
}
