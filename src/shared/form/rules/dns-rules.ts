import type { Findings } from '../form-problem.ts';
import { dnsSubdomainProblem, ipProblem, searchDomainProblem } from './name-syntax.ts';
import type { Place } from './place.ts';

// pkg/apis/core/validation, 1.37: MaxDNSNameservers, MaxDNSSearchPaths, MaxDNSSearchListChars.
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_CHARACTERS = 2048;

/** How the pods look up names (validatePodDNSConfig and ValidateHostAliases, pkg/apis/core/validation, 1.37). */
export function checkDns(pod: Place, findings: Findings): void {
  const config = pod.at('dnsConfig');
  const nameservers = config.at('nameservers');
  if (pod.at('dnsPolicy').text === 'None' && nameservers.items.length === 0) {
    const place = config.isSet ? nameservers : config;
    findings.error(place.path, 'With the DNS policy None at least one name server is needed.');
  }
  checkNameservers(nameservers, findings);
  checkSearches(config.at('searches'), findings);
  for (const option of config.at('options').items) {
    if (option.at('name').text === '') findings.error(option.path, 'An option needs a name.');
  }
  for (const alias of pod.at('hostAliases').items) checkHostAlias(alias, findings);
}

function checkNameservers(nameservers: Place, findings: Findings): void {
  if (nameservers.items.length > MAX_NAMESERVERS) {
    findings.error(nameservers.path, `At most ${MAX_NAMESERVERS} name servers are taken.`);
  }
  for (const nameserver of nameservers.items) checkIp(nameserver, findings);
}

function checkSearches(searches: Place, findings: Findings): void {
  if (searches.items.length > MAX_SEARCHES) {
    findings.error(searches.path, `At most ${MAX_SEARCHES} search domains are taken.`);
  }
  // Counted as the server counts: with a space between two, in bytes.
  const joined = new TextEncoder().encode(searches.items.map(({ text }) => text).join(' ')).length;
  if (joined > MAX_SEARCH_CHARACTERS) {
    findings.error(
      searches.path,
      `The search domains have ${joined} characters together, and at most ${MAX_SEARCH_CHARACTERS} are taken.`,
    );
  }
  for (const search of searches.items) {
    const wrong = searchDomainProblem(search.text);
    if (wrong !== undefined) findings.error(search.path, `A search domain ${wrong}.`);
  }
}

function checkHostAlias(alias: Place, findings: Findings): void {
  checkIp(alias.at('ip'), findings);
  for (const hostname of alias.at('hostnames').items) {
    const wrong = dnsSubdomainProblem(hostname.text);
    if (wrong !== undefined) findings.error(hostname.path, `The host name "${hostname.text}" ${wrong}.`);
  }
}

function checkIp(ip: Place, findings: Findings): void {
  const wrong = ipProblem(ip.text);
  if (wrong !== undefined) findings.error(ip.path, `The IP address ${wrong}.`);
}
