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

  it('are files also behind an option that takes none, as Chromium puts before them', () => {
    const argv = ['--allow-file-access-from-files', '/work/prod.kubeconfig'];
    expect(readStartArguments(argv, '/work').files).toEqual([resolve('/work/prod.kubeconfig')]);
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

  it('name files by URL too, as a Linux desktop does, but none of another machine', () => {
    const drive = process.platform === 'win32' ? '/C:' : '';
    const local = [`file://${drive}/work/a%20b.kubeconfig`, `file://localhost${drive}/work/c.kubeconfig`];
    expect(readStartArguments(local, '/elsewhere')).toEqual({
      options: [],
      files: ['/work/a b.kubeconfig', '/work/c.kubeconfig'].map((path) => resolve(path)),
    });
    const foreign = ['file://evil.test/share/x.kubeconfig', 'file:///work%2fx.kubeconfig', 'file://[/x.kubeconfig'];
    expect(readStartArguments(foreign, '/elsewhere')).toEqual({ options: [], files: [] });
  });

  it("leave Chromium's own switches to Chromium, and no other", () => {
    const chromium = ['--ozone-platform-hint=auto', '--disable-gpu', '--force-device-scale-factor=2', '--no-sandbox'];
    expect(readStartArguments([...chromium, '--demo'], '/work').options).toEqual(['--demo']);
    const refused = [
      '--inspect=0.0.0.0',
      '--remote-debugging-port=1',
      '--disable-web-security',
      '--load-extension=x',
      '--demoo',
    ];
    expect(readStartArguments(refused, '/work').options).toEqual(refused);
  });

  it('may be none', () => expect(readStartArguments([], '/work')).toEqual({ options: [], files: [] }));
});
