import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStartArguments } from './start-arguments.ts';

describe('the arguments of a start', () => {
  it('are options, links and files', () => {
    expect(
      readStartArguments(['prod.kubeconfig', '--demo-nodes', '5', 'everynode://c/alpha/daemonsets'], '/work'),
    ).toEqual({
      options: ['--demo-nodes', '5'],
      link: 'everynode://c/alpha/daemonsets',
      files: [resolve('/work/prod.kubeconfig')],
    });
  });

  it('leave the value of an option with it', () => {
    const argv = ['--kubeconfig', '/work/prod.kubeconfig'];
    expect(readStartArguments(argv, '/work')).toEqual({ options: argv, files: [] });
    expect(readStartArguments(['--kubeconfig=/work/prod.kubeconfig'], '/work').files).toEqual([]);
  });

  it('end with a link: nothing can be smuggled in behind it', () => {
    const smuggled = ['--kubeconfig', '//evil.test/share/x.kubeconfig', '--demo', '/tmp/x.kubeconfig'];
    const argv = ['--data-dir', '/data', 'everynode://c/alpha/daemonsets', ...smuggled];
    expect(readStartArguments(argv, '/work')).toEqual({
      options: ['--data-dir', '/data'],
      link: 'everynode://c/alpha/daemonsets',
      files: [],
    });
  });

  it('may be none', () => expect(readStartArguments([], '/work')).toEqual({ options: [], files: [] }));
});
