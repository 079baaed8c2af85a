import { describe, expect, it } from 'vitest';
import { formOf } from '../../../../tests/fakes/form-at-hand.ts';
import { Findings } from '../form-problem.ts';
import { checkDns } from './dns-rules.ts';
import { ipProblem, searchDomainProblem } from './name-syntax.ts';
import { checkNodeAffinity } from './node-affinity-rules.ts';
import { Place } from './place.ts';
import { checkResizePolicy } from './resize-rules.ts';

/** What a rule finds in `value`, as `severity path: message`. */
function found(value: string, check: (place: Place, findings: Findings) => void): readonly string[] {
  const findings = new Findings();
  const { manifest } = formOf(`kind: DaemonSet\n$: ${value}\n`);
  check(new Place(manifest['$'], '$'), findings);
  return findings.problems.map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

describe('name servers, search domains and host aliases', () => {
  const searches = (count: number, domain: string) =>
    `{dnsConfig: {searches: [${Array.from({ length: count }, () => domain).join(', ')}]}}`;

  it.each([
    ['{dnsPolicy: None}', 'error $.dnsConfig: With the DNS policy None at least one name server is needed.'],
    [
      '{dnsPolicy: None, dnsConfig: {searches: [a]}}',
      'error $.dnsConfig.nameservers: With the DNS policy None at least one name server is needed.',
    ],
    [
      '{dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4]}}',
      'error $.dnsConfig.nameservers: At most 3 name servers are taken.',
    ],
    [
      '{dnsConfig: {nameservers: [10.0.0.1, ten]}}',
      'error $.dnsConfig.nameservers[1]: The IP address must be one such as 10.9.8.7 or 2001:db8::ffff.',
    ],
    [searches(33, 'a'), 'error $.dnsConfig.searches: At most 32 search domains are taken.'],
    [
      searches(9, Array.from({ length: 4 }, () => 'a'.repeat(59)).join('.')),
      'error $.dnsConfig.searches: The search domains have 2159 characters together, and at most 2048 are taken.',
    ],
    [
      '{dnsConfig: {searches: [A]}}',
      "error $.dnsConfig.searches[0]: A search domain must consist of lower case letters, digits, '-', '_' and '.', and start and end with a letter or digit.",
    ],
    ['{dnsConfig: {options: [{value: "2"}]}}', 'error $.dnsConfig.options[0]: An option needs a name.'],
    [
      '{hostAliases: [{hostnames: [a]}]}',
      'error $.hostAliases[0].ip: The IP address must be one such as 10.9.8.7 or 2001:db8::ffff.',
    ],
    [
      '{hostAliases: [{ip: "::1", hostnames: [a, b_c]}]}',
      "error $.hostAliases[0].hostnames[1]: The host name \"b_c\" must consist of lower case letters, digits, '-' and '.', and start and end with a letter or digit.",
    ],
  ])('%s', (pod, finding) => {
    expect(found(pod, checkDns)).toEqual([finding]);
  });

  it('have nothing to be said where they are sound', () => {
    const dnsConfig =
      '{nameservers: [10.0.0.1], searches: [., a_b.c.], options: [{name: ndots, value: "2"}, {name: x}]}';
    expect(found(`{dnsPolicy: None, dnsConfig: ${dnsConfig}, hostAliases: [{ip: "::1"}]}`, checkDns)).toEqual([]);
    expect(found('{dnsPolicy: ClusterFirst}', checkDns)).toEqual([]);
  });

  it.each([
    ['10.9.8.7', true],
    ['010.9.8.7', true],
    ['10.9.8', false],
    ['10.9.8.256', false],
    ['::', true],
    ['2001:db8::ffff', true],
    ['1:2:3:4:5:6:7:8', true],
    ['1:2:3:4:5:6:7', false],
    ['1:2:3:4:5:6:7:8:9', false],
    ['1::2:3:4:5:6:7:8', false],
    ['1::2::3', false],
    ['::ffff:10.9.8.7', true],
    ['10.9.8.7::', false],
    ['fe80::1%eth0', false],
    ['12345::', false],
    ['', false],
  ])('the address %j is one: %j', (ip, isOne) => {
    expect(ipProblem(ip) === undefined).toBe(isOne);
  });

  it.each([
    ['_tcp.example.com', true],
    ['example.com.', true],
    ['.', true],
    ['', false],
    ['-a', false],
    [`${'a'.repeat(254)}`, false],
  ])('the search domain %j is one: %j', (domain, isOne) => {
    expect(searchDomainProblem(domain) === undefined).toBe(isOne);
  });
});

describe('node affinity', () => {
  const preferred = (term: string) => `{preferredDuringSchedulingIgnoredDuringExecution: [${term}]}`;
  const requirement = (expression: string) => preferred(`{weight: 1, preference: {matchExpressions: [${expression}]}}`);
  const TERM = '$.preferredDuringSchedulingIgnoredDuringExecution[0]';
  const AT = `${TERM}.preference.matchExpressions[0]`;

  it.each([
    [preferred('{preference: {}}'), `error ${TERM}.weight: A weight is between 1 and 100.`],
    [preferred('{weight: 101, preference: {}}'), `error ${TERM}.weight: A weight is between 1 and 100.`],
    [requirement('{key: a, operator: In}'), `error ${AT}.values: With In at least one value is needed.`],
    [requirement('{key: a, operator: Exists, values: [b]}'), `error ${AT}.values: With Exists there are no values.`],
    [requirement('{key: a, operator: Gt, values: [1, 2]}'), `error ${AT}.values: With Gt there is exactly one value.`],
    [
      '{requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}',
      'error $.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: At least one term is needed.',
    ],
  ])('%s', (affinity, finding) => {
    expect(found(affinity, checkNodeAffinity)).toEqual([finding]);
  });

  it('names what no node has, and leaves newer operators to the server', () => {
    expect(found(requirement('{key: "a b", operator: Exists}'), checkNodeAffinity)[0]).toMatch(
      `error ${AT}.key: The label`,
    );
    expect(found(requirement('{key: a, operator: In, values: ["b c"]}'), checkNodeAffinity)[0]).toContain(
      `warning ${AT}.values[0]: No node has the value "b c"`,
    );
    expect(found(requirement('{key: a, operator: Newer}'), checkNodeAffinity)).toEqual([]);
  });
});

describe('a resize policy', () => {
  const check = (type: 'worker' | 'init' | 'sidecar') => (place: Place, findings: Findings) =>
    checkResizePolicy(place, type, findings);

  it.each([
    [
      '[{resourceName: disk, restartPolicy: NotRequired}]',
      'error $: A resize policy is for cpu or memory, not for "disk".',
    ],
    ['[{resourceName: cpu}]', 'error $: A resize policy is NotRequired or RestartContainer, not "".'],
    [
      '[{resourceName: cpu, restartPolicy: NotRequired}, {resourceName: cpu, restartPolicy: NotRequired}]',
      'error $[1]: There is a resize policy for "cpu" already.',
    ],
  ])('%s', (policies, finding) => {
    expect(found(policies, check('worker'))).toEqual([finding]);
  });

  it('restarts workers and sidecars, and no init container', () => {
    const restarts = '[{resourceName: cpu, restartPolicy: RestartContainer}]';
    expect(found(restarts, check('worker'))).toEqual([]);
    expect(found(restarts, check('sidecar'))).toEqual([]);
    expect(found(restarts, check('init'))).toEqual([
      'error $[0].restartPolicy: An init container cannot be restarted by a resize, unless it is a sidecar.',
    ]);
  });
});
