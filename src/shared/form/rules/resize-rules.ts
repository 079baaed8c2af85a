import { RESIZE_POLICIES, RESIZE_RESOURCES } from '../fields/resize-fields.ts';
import type { Findings } from '../form-problem.ts';
import type { Place } from './place.ts';

/** What a resize in place does to a container (validateResizePolicy and validateInitContainers, pkg/apis/core/validation, 1.37). */
export function checkResizePolicy(policies: Place, type: 'worker' | 'init' | 'sidecar', findings: Findings): void {
  const seen = new Set<string>();
  for (const entry of policies.items) {
    const resource = entry.at('resourceName').text;
    const policy = entry.at('restartPolicy');
    // The server names the whole list for what is wrong with one entry.
    if (seen.has(resource)) findings.error(entry.path, `There is a resize policy for "${resource}" already.`);
    else if (!RESIZE_RESOURCES.some((known) => known === resource)) {
      findings.error(policies.path, `A resize policy is for cpu or memory, not for "${resource}".`);
    }
    if (!RESIZE_POLICIES.some((known) => known === policy.text)) {
      findings.error(policies.path, `A resize policy is NotRequired or RestartContainer, not "${policy.text}".`);
    }
    if (type === 'init' && policy.text === 'RestartContainer') {
      findings.error(policy.path, 'An init container cannot be restarted by a resize, unless it is a sidecar.');
    }
    seen.add(resource);
  }
}
