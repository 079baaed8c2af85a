import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { safeName } from './kept-kubeconfigs.ts';
import { fileSource, joinedSources } from './kubeconfig-sources.ts';

const home = '/home/me';

describe('the files that are joined', () => {
  it('are those of --kubeconfig before those of KUBECONFIG before the default', () => {
    const env = { KUBECONFIG: ['/a', '', '/b', '/a'].join(delimiter) };
    const files = (argumentPaths: readonly string[], from = env) =>
      joinedSources({ argumentPaths, env: from, home }).map(({ kind, file }) => `${kind} ${file}`);
    expect(files(['/x', '/y', '/x'])).toEqual(['argument /x', 'argument /y']);
    expect(files([])).toEqual(['environment /a', 'environment /b']);
    expect(files([], { KUBECONFIG: delimiter })).toEqual(['default /home/me/.kube/config']);
    expect(joinedSources({ argumentPaths: [], env: {}, home })[0]?.folder).toBe('/home/me/.kube');
  });

  it('are found from the home folder and from where the app was started', () => {
    expect(fileSource('added', '~/clusters/a', home)).toMatchObject({
      file: '/home/me/clusters/a',
      folder: '/home/me/clusters',
    });
    expect(fileSource('added', 'a.yaml', home).file).toBe(`${process.cwd()}/a.yaml`);
    expect(fileSource('added', '/x/~/a', home).file).toBe('/x/~/a');
  });
});

describe('the name of an uploaded text', () => {
  it.each([
    ['config.yaml', 'config.yaml'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\kube config', 'kube-config'],
    ['.hidden', 'hidden'],
    ['', 'kubeconfig'],
    ['///', 'kubeconfig'],
    ['größe\u0000\n.yaml', 'größe-.yaml'],
    ['a~b', 'a-b'],
  ])('%j becomes %s', (name, expected) => {
    expect(safeName(name)).toBe(expected);
  });

  it('is not longer than a file system takes', () => {
    expect(safeName('x'.repeat(300))).toHaveLength(80);
  });
});
