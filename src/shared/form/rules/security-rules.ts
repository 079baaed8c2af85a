import type { Findings } from '../form-problem.ts';
import type { Place } from './place.ts';

/** A container's security context (ValidateSecurityContext, pkg/apis/core/validation, 1.37). */
export function checkContainerSecurity(context: Place, findings: Findings): void {
  checkIds(context, ['runAsUser', 'runAsGroup'], findings);
  if (context.at('allowPrivilegeEscalation').value !== false) return;
  if (context.at('privileged').value === true) {
    findings.error(context.path, 'A privileged container cannot have allowPrivilegeEscalation set to false.');
  }
  if (context.at('capabilities', 'add').items.some((each) => each.text === 'CAP_SYS_ADMIN')) {
    findings.error(context.path, 'A container with CAP_SYS_ADMIN cannot have allowPrivilegeEscalation set to false.');
  }
}

/** What the whole pod runs as (ValidatePodSecurityContext). */
export function checkPodSecurity(context: Place, findings: Findings): void {
  checkIds(context, ['runAsUser', 'runAsGroup', 'fsGroup'], findings);
  const names = new Set<string>();
  for (const sysctl of context.at('sysctls').items) {
    const name = sysctl.at('name');
    if (name.text === '') findings.error(name.path, 'A kernel parameter needs a name.');
    else if (names.has(name.text)) findings.error(name.path, `"${name.text}" is set already.`);
    names.add(name.text);
  }
}

/** Ids are 0 to 2147483647 (IsValidUserID, apimachinery 0.37). */
function checkIds(context: Place, fields: readonly string[], findings: Findings): void {
  for (const id of fields.map((name) => context.at(name))) {
    if (id.number !== undefined && (id.number < 0 || id.number > 2_147_483_647)) {
      findings.error(id.path, 'An id is between 0 and 2147483647.');
    }
  }
}
