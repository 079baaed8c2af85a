/** Names as the API takes them (apimachinery pkg/util/validation/validation.go, 0.37), each rule in one short sentence. */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PORT_NAME_CHARACTERS = /^[-a-z0-9]+$/;

/** What is wrong with a DNS-1123 label (a container's, a volume's, a namespace's name); undefined when it is right. */
export function dnsLabelProblem(name: string): string | undefined {
  if (name.length > 63) return 'must be no more than 63 characters';
  if (DNS_LABEL.test(name)) return undefined;
  return "must consist of lower case letters, digits and '-', and start and end with a letter or digit";
}

/** What is wrong with a DNS-1123 subdomain (an object's name). */
export function dnsSubdomainProblem(name: string): string | undefined {
  if (name.length > 253) return 'must be no more than 253 characters';
  if (DNS_SUBDOMAIN.test(name)) return undefined;
  return "must consist of lower case letters, digits, '-' and '.', and start and end with a letter or digit";
}

/** What is wrong with a port's name (IANA_SVC_NAME). */
export function portNameProblem(name: string): string | undefined {
  if (name.length > 15) return 'must be no more than 15 characters';
  if (!PORT_NAME_CHARACTERS.test(name)) return "must consist of lower case letters, digits and '-'";
  if (!/[a-z]/.test(name)) return 'must contain at least one letter';
  if (name.includes('--')) return 'must not contain two hyphens in a row';
  if (name.startsWith('-') || name.endsWith('-')) return 'must not begin or end with a hyphen';
  return undefined;
}

export function portNumberProblem(port: number): string | undefined {
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? undefined : 'must be between 1 and 65535';
}

/** Any printable ASCII character but '=' (IsRelaxedEnvVarName, since 1.32 in every cluster by default). */
export function envNameProblem(name: string): string | undefined {
  if (/^[ -<>-~]+$/.test(name)) return undefined;
  return "must consist of printable ASCII characters other than '='";
}
