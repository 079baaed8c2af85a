import { parseImageReference } from '../../kubernetes/image-reference.ts';
import { compareQuantities, parseQuantity } from '../../kubernetes/quantity.ts';
import type { Findings } from '../form-problem.ts';
import { checkEnvironment } from './env-rules.ts';
import { dnsLabelProblem, portNameProblem, portNumberProblem } from './name-syntax.ts';
import type { Place } from './place.ts';
import { checkProbes } from './probe-rules.ts';
import { checkResizePolicy } from './resize-rules.ts';
import { checkContainerSecurity } from './security-rules.ts';

/** Workers and init containers of a pod (validateContainers and validateInitContainers, pkg/apis/core/validation, 1.37). */
export function checkContainers(pod: Place, findings: Findings): void {
  const workers = pod.at('containers');
  const inits = pod.at('initContainers');
  if (workers.items.length === 0) findings.error(workers.path, 'At least one worker container is needed.');
  checkUniqueNames([...workers.items, ...inits.items], findings);
  checkHostPorts(workers.items, findings);
  for (const container of workers.items) checkContainer(container, 'worker', pod, findings);
  for (const container of inits.items) {
    const isSidecar = container.at('restartPolicy').text === 'Always';
    checkContainer(container, isSidecar ? 'sidecar' : 'init', pod, findings);
    checkHostPorts([container], findings);
  }
}

type ContainerType = 'worker' | 'init' | 'sidecar';

function checkContainer(container: Place, type: ContainerType, pod: Place, findings: Findings): void {
  const name = container.at('name');
  const wrong = name.text === '' ? undefined : dnsLabelProblem(name.text);
  if (name.text === '') findings.error(name.path, 'A container needs a name.');
  else if (wrong !== undefined) findings.error(name.path, `The container's name ${wrong}.`);
  checkImage(container.at('image'), findings);
  checkPorts(container.at('ports'), findings);
  checkResources(container.at('resources'), findings);
  checkResizePolicy(container.at('resizePolicy'), type, findings);
  checkEnvironment(container, findings);
  checkMounts(container.at('volumeMounts'), pod, findings);
  checkProbes(container, type, findings);
  checkContainerSecurity(container.at('securityContext'), findings);
}

function checkUniqueNames(containers: readonly Place[], findings: Findings): void {
  const seen = new Set<string>();
  for (const name of containers.map((container) => container.at('name'))) {
    if (name.text === '') continue;
    if (seen.has(name.text)) findings.error(name.path, `Another container is called "${name.text}" already.`);
    seen.add(name.text);
  }
}

function checkImage(image: Place, findings: Findings): void {
  if (image.text === '') {
    findings.error(image.path, 'An image is needed.');
    return;
  }
  const parsed = parseImageReference(image.text);
  if (!parsed.ok) {
    // The server takes any text; the nodes then say InvalidImageName.
    findings.warn(image.path, `No node can pull this image: ${parsed.why}.`);
    return;
  }
  const { tag, digest } = parsed.reference;
  if (digest === undefined && (tag === undefined || tag === 'latest')) {
    findings.warn(image.path, 'The tag is latest: nodes may run different images under one revision.');
  }
}

function checkPorts(ports: Place, findings: Findings): void {
  const names = new Set<string>();
  for (const port of ports.items) {
    const name = port.at('name');
    const wrongName = name.text === '' ? undefined : portNameProblem(name.text);
    if (wrongName !== undefined) findings.error(name.path, `The port's name ${wrongName}.`);
    else if (names.has(name.text)) findings.error(name.path, `Another port is called "${name.text}" already.`);
    if (name.text !== '') names.add(name.text);
    checkPortNumber(port.at('containerPort'), 'needed', findings);
    checkPortNumber(port.at('hostPort'), 'optional', findings);
  }
}

function checkPortNumber(port: Place, need: 'needed' | 'optional', findings: Findings): void {
  const number = port.number ?? 0;
  if (number === 0) {
    if (need === 'needed') findings.error(port.path, 'A port number is needed.');
    return;
  }
  const wrong = portNumberProblem(number);
  if (wrong !== undefined) findings.error(port.path, `The port ${wrong}.`);
}

/** Two containers cannot take one port of the node (AccumulateUniqueHostPorts). */
function checkHostPorts(containers: readonly Place[], findings: Findings): void {
  const taken = new Set<string>();
  for (const port of containers.flatMap((container) => container.at('ports').items)) {
    const hostPort = port.at('hostPort');
    const number = hostPort.number ?? 0;
    if (number === 0) continue;
    const key = `${port.at('protocol').text || 'TCP'}/${port.at('hostIP').text}/${number}`;
    if (taken.has(key)) findings.error(hostPort.path, `Another port takes ${number} of the node already.`);
    taken.add(key);
  }
}

function checkResources(resources: Place, findings: Findings): void {
  const [requests, limits] = [resources.at('requests'), resources.at('limits')];
  for (const amounts of [requests, limits]) {
    for (const amount of amounts.keys.map((key) => amounts.member(key))) {
      const quantity = parseQuantity(quantityText(amount));
      if (!quantity) findings.error(amount.path, 'A quantity such as 100m, 2 or 200Mi is expected.');
      else if (quantity.nanos < 0n) findings.error(amount.path, 'This cannot be negative.');
    }
  }
  for (const key of requests.keys) {
    const request = requests.member(key);
    const limit = limits.member(key);
    const [asked, most] = [parseQuantity(quantityText(request)), parseQuantity(quantityText(limit))];
    if (asked && most && compareQuantities(asked, most) > 0) {
      findings.error(request.path, `The request is more than the limit, ${quantityText(limit)}.`);
    }
  }
}

function quantityText({ value }: Place): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'bigint'
      ? String(value)
      : '';
}

function checkMounts(mounts: Place, pod: Place, findings: Findings): void {
  const volumes = new Set(pod.at('volumes').items.map((volume) => volume.at('name').text));
  const paths = new Set<string>();
  for (const mount of mounts.items) {
    const name = mount.at('name');
    const mountPath = mount.at('mountPath');
    if (name.text === '') findings.error(name.path, 'The volume to mount is needed.');
    else if (!volumes.has(name.text)) findings.error(name.path, `There is no volume "${name.text}" in this pod.`);
    if (mountPath.text === '') findings.error(mountPath.path, 'A mount path is needed.');
    else if (paths.has(mountPath.text)) {
      findings.error(mountPath.path, `Another volume is mounted at ${mountPath.text} already.`);
    }
    paths.add(mountPath.text);
    checkSubPath(mount, mounts, findings);
  }
}

/** The server names the list's own subPath in these findings, not the item's (ValidateVolumeMounts). */
function checkSubPath(mount: Place, mounts: Place, findings: Findings): void {
  const [subPath, subPathExpr] = [mount.at('subPath'), mount.at('subPathExpr')];
  if (subPath.text !== '' && subPathExpr.text !== '') {
    findings.error(subPathExpr.path, 'subPath and subPathExpr exclude each other.');
  }
  for (const [key, place] of [
    ['subPath', subPath],
    ['subPathExpr', subPathExpr],
  ] as const) {
    if (place.text.startsWith('/')) findings.error(place.path, `${key} of ${mounts.path} must be a relative path.`);
    else if (place.text.split('/').includes('..')) findings.error(place.path, `${key} must not contain "..".`);
  }
}
