import { describe, expect, it } from 'vitest';
import { parseCommandLine, USAGE, userFolder, takesNext } from './command-line.ts';

const parse = (...argv: string[]) => parseCommandLine(argv, '/home/me');

describe('parseCommandLine', () => {
  it('runs on a free port and opens the browser by default', () => {
    expect(parse()).toEqual({ command: 'run', options: { kubeconfigArgs: [], demo: false, port: 0, open: true } });
  });

  it('reads every option, with a space or with =', () => {
    const options = {
      kubeconfigArgs: ['/home/me/a.yaml', '/etc/b.yaml'],
      demo: true,
      demoNodes: 5000,
      port: 8080,
      open: false,
      dataDir: '/home/me/data',
    };
    const separate =
      '--demo --demo-nodes 5000 --kubeconfig a.yaml --kubeconfig /etc/b.yaml --port 8080 --no-open --data-dir data';
    expect(parse(...separate.split(' '))).toEqual({ command: 'run', options });
    const joined =
      '--demo --demo-nodes=5000 --kubeconfig=a.yaml --kubeconfig=/etc/b.yaml --port=8080 --no-open --data-dir=data';
    expect(parse(...joined.split(' '))).toEqual({ command: 'run', options });
  });

  it.each([
    [['--prot', '1'], '--prot'],
    [['--port', 'http'], '--port'],
    [['--port', '65536'], '--port'],
    [['--port=-1'], '--port'],
    [['--port'], '--port'],
    [['--port='], '--port'],
    [['--demo-nodes', '0'], '--demo-nodes'],
    [['--demo-nodes=5001'], '--demo-nodes'],
    [['--demo-nodes=2.5'], '--demo-nodes'],
    [['--kubeconfig'], '--kubeconfig'],
    [['--kubeconfig='], '--kubeconfig'],
    [['--data-dir='], '--data-dir'],
    [['--demo=yes'], '--demo'],
    [['--no-open=1'], '--no-open'],
    [['--serve', '--electron'], '--electron'],
    [['config.yaml'], 'config.yaml'],
    [['-p'], '-p'],
  ])('names the fault in %j', (argv, named) => {
    const parsed = parse(...argv);
    expect(parsed.command).toBe('wrong');
    expect(parsed.command === 'wrong' && parsed.message).toContain(named);
  });

  it('asks for version and help before anything else is looked at', () => {
    expect(parse('--version', '--serve', '--electron')).toEqual({ command: 'version' });
    expect(parse('--help', '--version')).toEqual({ command: 'help' });
  });

  it('describes every option that it takes', () => {
    const described = [...USAGE.matchAll(/^ {2}(--[\w-]+)/gm)].map((match) => match[1]);
    expect(described).toHaveLength(10);
    for (const option of described) {
      const parsed = parse(option ?? '');
      expect(parsed.command === 'wrong' && parsed.message.includes('Unknown')).toBe(false);
    }
  });
});

describe('userFolder', () => {
  it('is where npm was called, since npm starts scripts in the folder of the package', () => {
    expect(userFolder({ npm_package_name: 'everynode', INIT_CWD: '/home/me' }, '/opt/everynode')).toBe('/home/me');
  });

  it('is the working folder otherwise', () => {
    expect(userFolder({}, '/home/me')).toBe('/home/me');
    expect(userFolder({ npm_package_name: 'other', INIT_CWD: '/srv' }, '/home/me')).toBe('/home/me');
  });
});

describe('the argument after an option', () => {
  it.each(['--kubeconfig', '--port', '--data-dir', '--demo-nodes'])('is the value of %s', (option) => {
    expect(takesNext(option)).toBe(true);
  });

  it.each(['--demo', '--no-open', '--port=1', '--allow-file-access-from-files', 'port', '--', ''])(
    'is not that of %s',
    (argument) => expect(takesNext(argument)).toBe(false),
  );
});
