import type { StatusCause } from '../api/status-error.ts';
import { type JsonObject, semanticEqual } from '../json.ts';
import { invalidValue, required } from './field-error.ts';
import { dnsLabelProblems, dnsSubdomainProblems, validateAnnotations, validateLabels } from './names.ts';
import { objectAt, objectsAt, stringMapAt, textAt } from './read.ts';

/** Which rule an object's own name follows. */
export type NameRule = 'subdomain' | 'label';

function nameProblems(name: string, rule: NameRule): readonly string[] {
  return rule === 'label' ? dnsLabelProblems(name) : dnsSubdomainProblems(name);
}

function validateOwners(metadata: JsonObject | undefined): readonly StatusCause[] {
  return objectsAt(metadata, 'ownerReferences').flatMap((owner, index) =>
    ['apiVersion', 'kind', 'name', 'uid']
      .filter((field) => textAt(owner, field) === '')
      .map((field) => invalidValue(`metadata.ownerReferences[${index}].${field}`, '', 'must not be empty')),
  );
}

/** Metadata of a new object (ValidateObjectMeta, apimachinery pkg/api/validation/objectmeta.go, 0.37). */
export function validateMetaOnCreate(object: JsonObject, rule: NameRule): readonly StatusCause[] {
  const metadata = objectAt(object, 'metadata');
  const name = textAt(metadata, 'name');
  return [
    ...(name === ''
      ? [required('metadata.name', 'name or generateName is required')]
      : nameProblems(name, rule).map((problem) => invalidValue('metadata.name', name, problem))),
    ...validateLabels(stringMapAt(metadata, 'labels'), 'metadata.labels'),
    ...validateAnnotations(stringMapAt(metadata, 'annotations'), 'metadata.annotations'),
    ...validateOwners(metadata),
  ];
}

/** Metadata of a changed object (ValidateObjectMetaUpdate). */
export function validateMetaOnUpdate(next: JsonObject, current: JsonObject): readonly StatusCause[] {
  const metadata = objectAt(next, 'metadata');
  const before = objectAt(current, 'metadata');
  const immutable = ['name', 'namespace', 'uid'].filter((field) => !semanticEqual(metadata?.[field], before?.[field]));
  return [
    ...immutable.map((field) => invalidValue(`metadata.${field}`, metadata?.[field] ?? '', 'field is immutable')),
    ...validateLabels(stringMapAt(metadata, 'labels'), 'metadata.labels'),
    ...validateAnnotations(stringMapAt(metadata, 'annotations'), 'metadata.annotations'),
    ...validateOwners(metadata),
  ];
}
