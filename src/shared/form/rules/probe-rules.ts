import type { Findings } from '../form-problem.ts';
import { portNameProblem, portNumberProblem } from './name-syntax.ts';
import type { Place } from './place.ts';
import { checkNotNegative } from './strategy-rules.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;
const TIMINGS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

/** Probes of one container (validateProbe and its callers, pkg/apis/core/validation, 1.37). */
export function checkProbes(container: Place, type: 'worker' | 'init' | 'sidecar', findings: Findings): void {
  for (const name of PROBES) {
    const probe = container.at(name);
    if (!probe.isSet) continue;
    if (type === 'init') findings.error(probe.path, 'An init container has no probes, unless it is a sidecar.');
    else checkProbe(probe, name, container, findings);
  }
}

function checkProbe(probe: Place, name: (typeof PROBES)[number], container: Place, findings: Findings): void {
  const handlers = HANDLERS.filter((handler) => probe.at(handler).isSet);
  if (handlers.length === 0) findings.error(probe.path, 'What the probe asks is needed: HTTP, TCP, a command or gRPC.');
  for (const extra of handlers.slice(1)) findings.error(probe.at(extra).path, 'A probe asks in one way only.');
  const [handler] = handlers;
  if (handler !== undefined) checkHandler(probe.at(handler), handler, container, findings);
  for (const timing of TIMINGS) checkNotNegative(probe.at(timing), findings);
  const success = probe.at('successThreshold');
  // 0 is taken and becomes the default, 1.
  if (name !== 'readinessProbe' && (success.number ?? 0) > 1) {
    findings.error(success.path, 'For liveness and startup this must be 1.');
  }
  const grace = probe.at('terminationGracePeriodSeconds');
  if (!grace.isSet) return;
  if (name === 'readinessProbe') findings.error(grace.path, 'A readiness probe ends nothing: it has no grace period.');
  else if ((grace.number ?? 1) <= 0) findings.error(grace.path, 'This must be at least 1.');
}

function checkHandler(action: Place, handler: (typeof HANDLERS)[number], container: Place, findings: Findings): void {
  if (handler === 'exec') {
    const command = action.at('command');
    if (command.items.length === 0) findings.error(command.path, 'A command is needed.');
    return;
  }
  const port = action.at('port');
  if (!port.isSet || port.value === '') findings.error(port.path, 'A port is needed.');
  else checkPort(port, handler, container, findings);
}

function checkPort(port: Place, handler: (typeof HANDLERS)[number], container: Place, findings: Findings): void {
  if (port.number !== undefined) {
    const wrong = portNumberProblem(port.number);
    if (wrong !== undefined) findings.error(port.path, `The port ${wrong}.`);
    return;
  }
  if (handler === 'grpc') {
    findings.error(port.path, 'A gRPC probe takes a port number, no name.');
    return;
  }
  const wrong = portNameProblem(port.text);
  if (wrong !== undefined) findings.error(port.path, `The port's name ${wrong}; a number stands without quotes.`);
  else if (!container.at('ports').items.some((each) => each.at('name').text === port.text)) {
    // The server takes it, and the probe then fails on every node.
    findings.warn(port.path, `This container has no port called "${port.text}": the probe will fail.`);
  }
}
