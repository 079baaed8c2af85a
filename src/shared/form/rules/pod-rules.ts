import { labelKeyProblems, labelValueProblems } from '../../kubernetes/label-syntax.ts';
import type { Findings } from '../form-problem.ts';
import type { Place } from './place.ts';

/** Scheduling and life of the pod (ValidatePodSpec, pkg/apis/core/validation, 1.37). */
export function checkPod(pod: Place, findings: Findings): void {
  const grace = pod.at('terminationGracePeriodSeconds');
  // Taken, and stored as 1 (SetDefaults_PodSpec and the strategies of pkg/registry/core/pod).
  if ((grace.number ?? 0) < 0) findings.warn(grace.path, 'A negative grace period counts as 1 second.');
  checkSysctls(pod, findings);
  const restartPolicy = pod.at('restartPolicy');
  if (restartPolicy.isSet && restartPolicy.text !== 'Always') {
    findings.error(restartPolicy.path, "A DaemonSet's pods restart always.");
  }
  const selector = pod.at('nodeSelector');
  for (const key of selector.keys) {
    const [wrong] = [...labelKeyProblems(key), ...labelValueProblems(selector.member(key).text)];
    if (wrong !== undefined) findings.error(selector.path, `"${key}": ${wrong}.`);
  }
  for (const toleration of pod.at('tolerations').items) checkToleration(toleration, findings);
  if (pod.at('shareProcessNamespace').value === true && pod.at('hostPID').value === true) {
    findings.error(
      pod.at('shareProcessNamespace').path,
      'Pods that share the processes of their node cannot have this too.',
    );
  }
}

/** Kernel parameters of a namespace that the pod shares with its node belong to the node (validateSysctls). */
function checkSysctls(pod: Place, findings: Findings): void {
  for (const sysctl of pod.at('securityContext', 'sysctls').items) {
    const name = sysctl.at('name');
    const plain = name.text.replaceAll('/', '.');
    if (pod.at('hostNetwork').value === true && plain.startsWith('net.')) {
      findings.error(name.path, 'With the network of the node this parameter cannot be set.');
    }
    if (pod.at('hostIPC').value === true && /^(kernel\.(shm|msg|sem)|fs\.mqueue\.)/.test(plain)) {
      findings.error(name.path, 'With the IPC namespace of the node this parameter cannot be set.');
    }
  }
}

/** ValidateTolerations. Operators that are not known here are left to the server. */
function checkToleration(toleration: Place, findings: Findings): void {
  const [key, operator, effect] = [toleration.at('key'), toleration.at('operator'), toleration.at('effect')];
  const [wrongKey] = key.text === '' ? [] : labelKeyProblems(key.text);
  if (wrongKey !== undefined) findings.error(key.path, `The key: ${wrongKey}.`);
  if (key.text === '' && operator.text !== 'Exists') {
    findings.error(operator.path, 'Without a key the operator must be Exists, which tolerates every taint.');
  }
  if (toleration.at('tolerationSeconds').isSet && effect.text !== 'NoExecute') {
    findings.error(effect.path, 'Toleration seconds belong to the effect NoExecute.');
  }
  if (operator.text === 'Exists' && toleration.at('value').text !== '') {
    findings.error(operator.path, 'With Exists there is no value.');
  }
  if (operator.text === '' || operator.text === 'Equal') {
    const [wrongValue] = labelValueProblems(toleration.at('value').text);
    if (wrongValue !== undefined) findings.error(operator.path, `The value: ${wrongValue}.`);
  }
}
