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

const SEARCH_DOMAIN = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/;

/** What is wrong with a search domain (IsDNS1123SubdomainWithUnderscore): a dot may stand at its end, or alone. */
export function searchDomainProblem(domain: string): string | undefined {
  if (domain === '.') return undefined;
  const name = domain.replace(/\.$/, '');
  if (name.length > 253) return 'must be no more than 253 characters';
  if (SEARCH_DOMAIN.test(name)) return undefined;
  return "must consist of lower case letters, digits, '-', '_' and '.', and start and end with a letter or digit";
}

const IPV4 = /^\d+(\.\d+){3}$/;

/**
 * What is wrong with an IP address (ParseIPSloppy, k8s.io/utils/net). Leading zeros and IPv4 in IPv6 are left to the server: its
 * gate StrictIPCIDRValidation decides.
 */
export function ipProblem(ip: string): string | undefined {
  return isIpv4(ip) || isIpv6(ip) ? undefined : 'must be one such as 10.9.8.7 or 2001:db8::ffff';
}

function isIpv4(ip: string): boolean {
  return IPV4.test(ip) && ip.split('.').every((part) => Number(part) <= 255);
}

function isIpv6(ip: string): boolean {
  const halves = ip.split('::');
  if (halves.length > 2 || !ip.includes(':')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const hasIpv4 = isIpv4(last) && ip.endsWith(last);
  const hex = hasIpv4 ? groups.slice(0, -1) : groups;
  const count = hex.length + (hasIpv4 ? 2 : 0);
  return hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}
