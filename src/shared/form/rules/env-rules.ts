import type { Findings } from '../form-problem.ts';
import { envNameProblem } from './name-syntax.ts';
import type { Place } from './place.ts';

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

/** Environment of one container (ValidateEnv and ValidateEnvFrom, pkg/apis/core/validation, 1.37). */
export function checkEnvironment(container: Place, findings: Findings): void {
  const names = new Set<string>();
  for (const variable of container.at('env').items) {
    checkVariable(variable, findings);
    const name = variable.at('name');
    if (name.text !== '' && names.has(name.text)) {
      findings.warn(name.path, `"${name.text}" is set twice: the last one counts.`);
    }
    names.add(name.text);
  }
  for (const from of container.at('envFrom').items) checkEnvFrom(from, findings);
}

function checkVariable(variable: Place, findings: Findings): void {
  const name = variable.at('name');
  const wrong = name.text === '' ? undefined : envNameProblem(name.text);
  if (name.text === '') findings.error(name.path, 'A variable needs a name.');
  else if (wrong !== undefined) findings.error(name.path, `The variable's name ${wrong}.`);
  const valueFrom = variable.at('valueFrom');
  if (!valueFrom.isSet) return;
  const sources = valueFrom.keys.filter((key) => valueFrom.at(key).isSet);
  // A source that is not known here may be newer than this program: the server judges it.
  if (sources.length === 0) findings.error(valueFrom.path, 'Where the value comes from is needed.');
  if (variable.at('value').text !== '')
    findings.error(valueFrom.path, 'A variable has a value or a reference, not both.');
  if (sources.filter((source) => SOURCES.includes(source)).length > 1) {
    findings.error(valueFrom.path, 'A variable has one reference only.');
  }
  for (const key of ['configMapKeyRef', 'secretKeyRef']) checkKeyReference(valueFrom.at(key), findings);
  const fieldPath = valueFrom.at('fieldRef', 'fieldPath');
  if (valueFrom.at('fieldRef').isSet && fieldPath.text === '') findings.error(fieldPath.path, 'A field is needed.');
  const resource = valueFrom.at('resourceFieldRef', 'resource');
  if (valueFrom.at('resourceFieldRef').isSet && resource.text === '') {
    findings.error(resource.path, 'A resource is needed.');
  }
}

function checkKeyReference(reference: Place, findings: Findings): void {
  if (!reference.isSet) return;
  const kind = reference.path.endsWith('secretKeyRef') ? 'Secret' : 'ConfigMap';
  const [name, key] = [reference.at('name'), reference.at('key')];
  if (name.text === '') findings.error(name.path, `The ${kind}'s name is needed.`);
  if (key.text === '') findings.error(key.path, `The key in the ${kind} is needed.`);
}

function checkEnvFrom(from: Place, findings: Findings): void {
  const prefix = from.at('prefix');
  const wrong = prefix.text === '' ? undefined : envNameProblem(prefix.text);
  if (wrong !== undefined) findings.error(prefix.path, `The prefix ${wrong}.`);
  const references = ['configMapRef', 'secretRef'].map((key) => from.at(key)).filter((each) => each.isSet);
  // The server puts these two findings on the list as a whole.
  if (references.length === 0) findings.error(from.path, 'A ConfigMap or a Secret is needed.');
  if (references.length > 1) findings.error(from.path, 'One entry holds a ConfigMap or a Secret, not both.');
  for (const reference of references) {
    const name = reference.at('name');
    if (name.text === '') findings.error(name.path, 'A name is needed.');
  }
}
