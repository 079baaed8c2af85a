import type { StatusCause } from '../api/status-error.ts';
import { invalidValue, tooManyBytes } from './field-error.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

const LABEL_RULE = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`;
const SUBDOMAIN_RULE = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;
const NAME_RULE = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME}')`;
const VALUE_RULE = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${NAME})?')`;

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}
const LABEL_PATTERN = whole(LABEL);
const SUBDOMAIN_PATTERN = whole(SUBDOMAIN);
const NAME_PATTERN = whole(NAME);

function tooLong(limit: number): string {
  return `must be no more than ${limit} characters`;
}

/** What is wrong with a DNS label: names of containers, ports, volumes and namespaces. */
export function dnsLabelProblems(name: string): readonly string[] {
  return [...(name.length > 63 ? [tooLong(63)] : []), ...(LABEL_PATTERN.test(name) ? [] : [LABEL_RULE])];
}

/** What is wrong with a DNS subdomain: names of DaemonSets and pods. */
export function dnsSubdomainProblems(name: string): readonly string[] {
  return [...(name.length > 253 ? [tooLong(253)] : []), ...(SUBDOMAIN_PATTERN.test(name) ? [] : [SUBDOMAIN_RULE])];
}

/** What is wrong with a label's or annotation's key. */
export function qualifiedNameProblems(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.length > 2) {
    return [`a qualified name ${NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const problems: string[] = [];
  const name = parts.at(-1) ?? '';
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') problems.push('prefix part must be non-empty');
    else problems.push(...dnsSubdomainProblems(prefix).map((problem) => `prefix part ${problem}`));
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > 63) problems.push(`name part ${tooLong(63)}`);
  if (!NAME_PATTERN.test(name)) problems.push(`name part ${NAME_RULE}`);
  return problems;
}

const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const CONFIG_KEY_PATTERN = whole(CONFIG_KEY);
const CONFIG_KEY_RULE = `a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '${CONFIG_KEY}')`;

/** What is wrong with a key of a ConfigMap or Secret, which becomes a file's name (IsConfigMapKey). */
export function configKeyProblems(key: string): readonly string[] {
  const problems = [
    ...(Buffer.byteLength(key) > 253 ? [tooLong(253)] : []),
    ...(CONFIG_KEY_PATTERN.test(key) ? [] : [CONFIG_KEY_RULE]),
  ];
  if (key === '.' || key === '..') return [...problems, `must not be '${key}'`];
  return key.startsWith('..') ? [...problems, "must not start with '..'"] : problems;
}

export function labelValueProblems(value: string): readonly string[] {
  const long = value.length > 63 ? [tooLong(63)] : [];
  return value === '' || NAME_PATTERN.test(value) ? long : [...long, VALUE_RULE];
}

export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  path: string,
): readonly StatusCause[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedNameProblems(key).map((problem) => invalidValue(path, key, problem)),
    ...labelValueProblems(value).map((problem) => invalidValue(path, value, problem)),
  ]);
}

const ANNOTATIONS_LIMIT = 256 * 1024;

export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): readonly StatusCause[] {
  const entries = Object.entries(annotations ?? {});
  const causes = entries.flatMap(([key]) =>
    qualifiedNameProblems(key.toLowerCase()).map((problem) => invalidValue(path, key, problem)),
  );
  const size = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (size <= ANNOTATIONS_LIMIT) return causes;
  return [...causes, tooManyBytes(path, ANNOTATIONS_LIMIT)];
}
