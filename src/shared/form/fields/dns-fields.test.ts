import { describe, expect, it } from 'vitest';
import { changedLines, edited, formOf } from '../../../../tests/fakes/form-at-hand.ts';
import { readField, writeField } from '../field.ts';
import * as dns from './dns-fields.ts';

const PLAIN = `kind: DaemonSet
spec:
  template:
    spec:
      dnsPolicy: None # ours
`;
const form = formOf(PLAIN);
const inPod = (yaml: string) => formOf(`${PLAIN}      ${yaml}\n`);

describe('the DNS configuration', () => {
  it('comes with its first part, and goes with its last', () => {
    expect(readField(form, dns.DNS_NAMESERVERS)).toEqual({ state: 'absent' });
    const one = edited(form, writeField(form, dns.DNS_NAMESERVERS, ['10.0.0.1']));
    const two = edited(one, writeField(one, dns.DNS_SEARCHES, ['a.example.com', 'example.com']));
    const three = edited(two, dns.addDnsOptionEdits({ name: 'ndots', value: '2' }));
    expect(readField(three, dns.DNS_OPTIONS)).toEqual({ state: 'present', value: [{ name: 'ndots', value: '2' }] });
    const bare = edited(three, dns.removeDnsOptionEdits(0));
    const less = edited(bare, writeField(bare, dns.DNS_NAMESERVERS, undefined));
    expect(edited(less, writeField(less, dns.DNS_SEARCHES, undefined)).text).toBe(PLAIN);
  });

  it('has options with or without a value, and keeps what it does not know of one', () => {
    const own = inPod('dnsConfig: {options: [{name: ndots, note: kept, value: "2"}, {name: edns0}], note: kept}');
    expect(readField(own, dns.DNS_OPTIONS)).toMatchObject({
      value: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
    });
    const changed = edited(own, [...dns.setDnsOptionEdits(0, 'value', ''), ...dns.setDnsOptionEdits(1, 'value', '1')]);
    expect(changed.text).toContain('{options: [{name: ndots, note: kept}, {name: edns0, value: "1"}], note: kept}');
    const gone = edited(changed, [...dns.removeDnsOptionEdits(1), ...dns.removeDnsOptionEdits(0)]);
    expect(changedLines(own.text, gone.text).at(-1)).toBe('+ dnsConfig: {note: kept}');
  });

  it.each([
    ['dnsConfig: {nameservers: [1], searches: a, options: [{name: ndots, value: 2}]}'],
    ['dnsConfig: {nameservers: {}, searches: [[]], options: [ndots]}'],
    ['dnsConfig: all'],
  ])('is left alone in another shape: %s', (yaml) => {
    const own = inPod(yaml);
    const states = [
      readField(own, dns.DNS_NAMESERVERS),
      readField(own, dns.DNS_SEARCHES),
      readField(own, dns.DNS_OPTIONS),
    ];
    expect(states.map(({ state }) => state)).toEqual(['foreign', 'foreign', 'foreign']);
    expect(writeField(own, dns.DNS_NAMESERVERS, ['10.0.0.1'])).toEqual([]);
  });
});

describe('host aliases', () => {
  it('are addressed by their address where that stands once, and leave no empty list', () => {
    const two = edited(form, [...dns.addHostAliasEdits('10.0.0.1', ['a', 'b']), ...dns.addHostAliasEdits('::1', [])]);
    expect(dns.hostAliasPaths(two)).toEqual([
      [...dns.HOST_ALIASES, { key: { ip: '10.0.0.1' } }],
      [...dns.HOST_ALIASES, { key: { ip: '::1' } }],
    ]);
    const same = formOf(two.text.replace('10.0.0.1', '::1'));
    expect(dns.hostAliasPaths(same)).toEqual([
      [...dns.HOST_ALIASES, 0],
      [...dns.HOST_ALIASES, 1],
    ]);
    const edits = dns.hostAliasPaths(two).flatMap((path) => dns.removeHostAliasEdits(path));
    expect(edited(two, edits).text).toBe(PLAIN);
  });

  it('keep what the form does not know, and names go with their last', () => {
    const own = inPod('hostAliases: [{ip: 10.0.0.1, note: kept, hostnames: [a]}]');
    const [alias = []] = dns.hostAliasPaths(own);
    const none = edited(own, writeField(own, dns.hostAliasNamesField(alias), undefined));
    expect(none.text).toContain('[{ip: 10.0.0.1, note: kept}]');
    const moved = edited(own, writeField(own, dns.hostAliasIpField(alias), '10.0.0.2'));
    expect(moved.text).toContain('[{ip: 10.0.0.2, note: kept, hostnames: [a]}]');
    const odd = inPod('hostAliases: [{ip: 1, hostnames: a}]');
    expect(readField(odd, dns.hostAliasIpField([...dns.HOST_ALIASES, 0])).state).toBe('foreign');
    expect(readField(odd, dns.hostAliasNamesField([...dns.HOST_ALIASES, 0])).state).toBe('foreign');
  });
});
