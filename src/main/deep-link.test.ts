import { describe, expect, it } from 'vitest';
import { hashOfAdded, hashOfLink, linkIn } from './deep-link.ts';

describe('a link', () => {
  it.each([
    ['everynode://c/alpha/daemonsets', '#/c/alpha/daemonsets'],
    ['everynode://c/alpha/daemonsets/', '#/c/alpha/daemonsets'],
    ['EVERYNODE://C/alpha/daemonsets', '#/c/alpha/daemonsets'],
    ['everynode://c/alpha/daemonsets/kube-system/kube-proxy', '#/c/alpha/daemonsets/kube-system/kube-proxy'],
    ['everynode://c/arn%3Aaws%3Aeks%2Fprod/daemonsets', '#/c/arn%3Aaws%3Aeks%2Fprod/daemonsets'],
    ['everynode://c/alpha/daemonsets?open=1#/c/beta', '#/c/alpha/daemonsets'],
  ])('%s shows %s', (link, hash) => expect(hashOfLink(link)).toBe(hash));

  it.each([
    'https://c/alpha/daemonsets',
    'everynode://',
    'everynode://c',
    'everynode://c//daemonsets',
    'everynode://c/alpha',
    'everynode://c/alpha/secrets',
    'everynode://c/alpha/daemonsets/kube-system',
    'everynode://c/alpha/daemonsets/kube-system/kube-proxy/delete',
    'everynode://c/alpha/daemonsets/kube-system/..',
    'everynode://c/alpha/daemonsets/Kube/proxy',
    'everynode://c/%zz/daemonsets',
    'everynode://c/al%00pha/daemonsets',
    'everynode://c/al%E2%80%AEpha/daemonsets',
    `everynode://c/${'a'.repeat(3_000)}/daemonsets`,
  ])('%s shows nothing', (link) => expect(hashOfLink(link)).toBeUndefined());

  it('is found among the arguments of a second start', () => {
    const argv = ['/opt/everynode', '--demo', 'everynode://c/alpha/daemonsets'];
    expect(linkIn(argv)).toBe('everynode://c/alpha/daemonsets');
    expect(linkIn(['/opt/everynode', '--demo'])).toBeUndefined();
  });
});

describe('a kubeconfig that was added', () => {
  it('is shown by its context, or by all of them', () => {
    expect(hashOfAdded(['arn:aws/prod'])).toBe('#/c/arn%3Aaws%2Fprod/daemonsets');
    expect(hashOfAdded(['alpha', 'beta'])).toBe('#/');
  });

  it('that brought nothing is not shown', () => expect(hashOfAdded([])).toBeUndefined());
});
