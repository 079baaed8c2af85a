import { parsePercent } from '../../kubernetes/int-or-string.ts';
import type { Findings } from '../form-problem.ts';
import type { Place } from './place.ts';

/** Update strategy, minReadySeconds and history (ValidateDaemonSetUpdateStrategy and its caller, pkg/apis/apps/validation, 1.37). */
export function checkStrategy(spec: Place, findings: Findings): void {
  checkNotNegative(spec.at('minReadySeconds'), findings);
  checkNotNegative(spec.at('revisionHistoryLimit'), findings);
  const strategy = spec.at('updateStrategy');
  const type = strategy.at('type');
  if (type.isSet && type.text !== 'RollingUpdate' && type.text !== 'OnDelete') {
    findings.error(strategy.path, 'The update strategy is RollingUpdate or OnDelete.');
  }
  // Under OnDelete the server does not look at rollingUpdate.
  if (type.text === 'OnDelete') return;
  checkBudget(strategy.at('rollingUpdate'), spec, findings);
}

function checkBudget(rollingUpdate: Place, spec: Place, findings: Findings): void {
  const maxUnavailable = rollingUpdate.at('maxUnavailable');
  const maxSurge = rollingUpdate.at('maxSurge');
  const isRight = [maxUnavailable, maxSurge].map((place) => checkShare(place, findings));
  if (isRight.includes(false)) return;
  // The server's default for an absent maxUnavailable is 1, also beside a surge.
  const hasUnavailable = maxUnavailable.isSet ? !isZero(maxUnavailable) : true;
  const hasSurge = maxSurge.isSet && !isZero(maxSurge);
  if (hasUnavailable && hasSurge) {
    findings.error(
      maxSurge.path,
      maxUnavailable.isSet
        ? 'A surge is taken only where maxUnavailable is 0.'
        : 'A surge is taken only where maxUnavailable is written as 0: left out, it counts as 1.',
    );
  }
  if (!hasUnavailable && !hasSurge) {
    findings.error(maxUnavailable.path, 'maxUnavailable and maxSurge cannot both be 0: no pod could be replaced.');
  }
  if (hasSurge && usesHostPorts(spec)) {
    findings.warn(
      maxSurge.path,
      'The pods take ports of their node: a surge pod stays Pending beside the old one, and the rollout does not move.',
    );
  }
}

/** True for an integer >= 0 or a percentage of at most 100, as the server takes them. */
function checkShare(place: Place, findings: Findings): boolean {
  if (!place.isSet) return true;
  const { value } = place;
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value >= 0) return true;
    findings.error(place.path, 'This cannot be negative.');
    return false;
  }
  const percent = typeof value === 'string' ? parsePercent(value) : undefined;
  if (percent === undefined) {
    findings.error(
      place.path,
      'A whole number or a percentage such as 20% is expected; a number stands without quotes.',
    );
    return false;
  }
  if (percent <= 100) return true;
  findings.error(place.path, 'This cannot be more than 100%.');
  return false;
}

function isZero({ value }: Place): boolean {
  return value === 0 || (typeof value === 'string' && parsePercent(value) === 0);
}

/** Under hostNetwork every containerPort is a port of the node (SetDefaults_PodSpec, pkg/apis/core/v1/defaults.go). */
function usesHostPorts(spec: Place): boolean {
  const pod = spec.at('template', 'spec');
  const ports = pod.at('containers').items.flatMap((container) => container.at('ports').items);
  if (pod.at('hostNetwork').value === true && ports.length > 0) return true;
  return ports.some((port) => (port.at('hostPort').number ?? 0) !== 0);
}

export function checkNotNegative(place: Place, findings: Findings): void {
  if (place.number !== undefined && place.number < 0) findings.error(place.path, 'This cannot be negative.');
}
