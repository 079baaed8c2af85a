import { labelKeyProblems, labelValueProblems } from '../../kubernetes/label-syntax.ts';
import type { Findings } from '../form-problem.ts';
import { dnsLabelProblem, dnsSubdomainProblem } from './name-syntax.ts';
import type { Place } from './place.ts';

/** Annotations that hold what the form calls alias and description. */
export const ALIAS_ANNOTATION = 'kubesphere.io/alias-name';
export const DESCRIPTION_ANNOTATION = 'kubesphere.io/description';

const ALIAS_LENGTH = 63;
const DESCRIPTION_LENGTH = 256;
/** TotalAnnotationSizeLimitB, apimachinery pkg/api/validation/objectmeta.go, 0.37; keys and values in UTF-8. */
const ANNOTATIONS_LIMIT_BYTES = 256 * 1024;
/** A pod's name is its DaemonSet's, cut here, and five random characters (names.SimpleNameGenerator, apiserver 0.37). */
const POD_NAME_PREFIX = 58;

/** Name, namespace, labels and annotations of the DaemonSet. */
export function checkMetadata(metadata: Place, findings: Findings): void {
  checkName(metadata, findings);
  const namespace = metadata.at('namespace');
  const wrong = namespace.text === '' ? undefined : dnsLabelProblem(namespace.text);
  if (wrong !== undefined) findings.error(namespace.path, `The namespace ${wrong}.`);
  checkLabels(metadata.at('labels'), findings);
  checkAnnotations(metadata.at('annotations'), findings);
  const alias = metadata.at('annotations').member(ALIAS_ANNOTATION);
  if ([...alias.text].length > ALIAS_LENGTH)
    findings.error(alias.path, `The alias has more than ${ALIAS_LENGTH} characters.`);
  const description = metadata.at('annotations').member(DESCRIPTION_ANNOTATION);
  if ([...description.text].length > DESCRIPTION_LENGTH) {
    findings.error(description.path, `The description has more than ${DESCRIPTION_LENGTH} characters.`);
  }
}

function checkName(metadata: Place, findings: Findings): void {
  const name = metadata.at('name');
  if (name.text === '') {
    if (metadata.at('generateName').text === '') findings.error(name.path, 'A name is needed.');
    return;
  }
  const wrong = dnsSubdomainProblem(name.text);
  if (wrong !== undefined) findings.error(name.path, `The name ${wrong}.`);
  else if (name.text.length > POD_NAME_PREFIX) {
    findings.warn(name.path, `Pods keep the first ${POD_NAME_PREFIX} characters of this name.`);
  }
}

/** Keys and values of labels, of the DaemonSet or of its pods. */
export function checkLabels(labels: Place, findings: Findings): void {
  for (const key of labels.keys) {
    const [wrongKey] = labelKeyProblems(key);
    if (wrongKey !== undefined) findings.error(labels.path, `The key "${key}": ${wrongKey}.`);
    const [wrongValue] = labelValueProblems(labels.member(key).text);
    if (wrongValue !== undefined) findings.error(labels.path, `The value of "${key}": ${wrongValue}.`);
  }
}

export function checkAnnotations(annotations: Place, findings: Findings): void {
  let bytes = 0;
  const encoder = new TextEncoder();
  for (const key of annotations.keys) {
    bytes += encoder.encode(key + annotations.member(key).text).length;
    const [wrong] = labelKeyProblems(key.toLowerCase());
    if (wrong !== undefined) findings.error(annotations.path, `The key "${key}": ${wrong}.`);
  }
  if (bytes > ANNOTATIONS_LIMIT_BYTES) {
    findings.error(annotations.path, `The annotations have ${bytes} bytes, and at most 262144 are taken.`);
  }
}
