import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Findings } from '../form-problem.ts';
import { dnsLabelProblem } from './name-syntax.ts';
import type { Place } from './place.ts';

/** Where a pod that may write can break its node. */
const SYSTEM_PATHS = [
  '/',
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/proc',
  '/root',
  '/sbin',
  '/sys',
  '/usr',
  '/var/lib/kubelet',
];

/** Volumes of the pod template (ValidateVolumes, pkg/apis/core/validation, 1.37). */
export function checkVolumes(pod: Place, findings: Findings): void {
  const names = new Set<string>();
  for (const volume of pod.at('volumes').items) {
    const name = volume.at('name');
    const wrong = name.text === '' ? undefined : dnsLabelProblem(name.text);
    if (name.text === '') findings.error(name.path, 'A volume needs a name.');
    else if (wrong !== undefined) findings.error(name.path, `The volume's name ${wrong}.`);
    else if (names.has(name.text)) findings.error(name.path, `Another volume is called "${name.text}" already.`);
    names.add(name.text);
    checkSource(volume, pod, findings);
  }
}

function checkSource(volume: Place, pod: Place, findings: Findings): void {
  const sources = volume.keys.filter((key) => key !== 'name' && volume.at(key).isSet);
  // A volume without a source is an emptyDir to the server.
  for (const extra of sources.slice(1)) findings.error(volume.at(extra).path, 'A volume has one source only.');
  const source = volume.at(sources[0] ?? 'emptyDir');
  switch (sources[0]) {
    case 'hostPath':
      checkHostPath(source, volume.at('name').text, pod, findings);
      break;
    case 'persistentVolumeClaim':
      need(source.at('claimName'), 'The name of a PersistentVolumeClaim is needed.', findings);
      break;
    case 'configMap':
      need(source.at('name'), "The ConfigMap's name is needed.", findings);
      checkFiles(source, findings);
      break;
    case 'secret':
      need(source.at('secretName'), "The Secret's name is needed.", findings);
      checkFiles(source, findings);
      break;
    case 'emptyDir':
      checkSize(source.at('sizeLimit'), findings);
      break;
    default:
      // The other sources are kept as they are: the server judges them.
      break;
  }
}

function need(place: Place, message: string, findings: Findings): void {
  if (place.text === '') findings.error(place.path, message);
}

function checkHostPath(hostPath: Place, volume: string, pod: Place, findings: Findings): void {
  const path = hostPath.at('path');
  if (path.text === '') {
    findings.error(path.path, 'A path of the node is needed.');
    return;
  }
  if (path.text.split('/').includes('..')) findings.error(path.path, 'The path must not contain "..".');
  else if (!path.text.startsWith('/'))
    findings.warn(path.path, 'The path should begin with "/": the kubelet needs an absolute one.');
  const plain = path.text.replace(/(?<=.)\/+$/, '');
  if (SYSTEM_PATHS.includes(plain) && isWritable(volume, pod)) {
    findings.warn(path.path, `${plain} of the node is mounted so that the pod can write to it.`);
  }
}

function isWritable(volume: string, pod: Place): boolean {
  const containers = [...pod.at('containers').items, ...pod.at('initContainers').items];
  return containers
    .flatMap((container) => container.at('volumeMounts').items)
    .some((mount) => mount.at('name').text === volume && mount.at('readOnly').value !== true);
}

function checkFiles(source: Place, findings: Findings): void {
  checkMode(source.at('defaultMode'), findings);
  for (const item of source.at('items').items) {
    need(item.at('key'), 'A key is needed.', findings);
    const path = item.at('path');
    need(path, 'A file path is needed.', findings);
    if (path.text.startsWith('/')) findings.error(path.path, 'The file path must be relative to the mount.');
    else if (path.text.split('/').includes('..') || path.text.startsWith('..')) {
      findings.error(path.path, 'The file path must not contain or begin with "..".');
    }
    checkMode(item.at('mode'), findings);
  }
}

function checkMode(mode: Place, findings: Findings): void {
  if (mode.number === undefined) return;
  if (mode.number < 0 || mode.number > 0o777) findings.error(mode.path, 'A file mode is between 0 and 0777 (octal).');
}

function checkSize(size: Place, findings: Findings): void {
  if (!size.isSet) return;
  const quantity = parseQuantity(size.text || String(size.number ?? ''));
  if (!quantity) findings.error(size.path, 'A size such as 500Mi is expected.');
  else if (quantity.nanos < 0n) findings.error(size.path, 'This cannot be negative.');
}
