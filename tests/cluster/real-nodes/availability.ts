import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { goIsPresent } from '../cluster-kit.ts';
import { cgroupHierarchies } from './cgroups.ts';

const PROGRAMS = ['apt-get', 'dpkg', 'ip', 'mount', 'tar', 'openssl'];

/** Why real nodes cannot be started here, in the words of a test's name; undefined when they can. */
export function whyNoRealNodes(): string | undefined {
  if (process.platform !== 'linux') return 'real nodes need Linux';
  if (process.getuid?.() !== 0) return 'real nodes need root';
  // Version 2 would need controllers handed down from the machine's root group, which nobody has tried yet.
  if (cgroupHierarchies(readFileSync('/proc/self/mountinfo', 'utf8')).length === 0) return 'real nodes need cgroups v1';
  if (!goIsPresent()) return 'real nodes are built from Go modules, and there is no Go';
  const missing = PROGRAMS.find((program) => !runs('sh', ['-c', `command -v ${program}`]));
  if (missing !== undefined) return `real nodes need ${missing}`;
  const namespaces = ['--mount', '--pid', '--net', '--ipc', '--uts', '--cgroup', '--fork', 'true'];
  if (!runs('unshare', namespaces)) return 'real nodes need namespaces of their own, which are not to be had here';
  return undefined;
}

function runs(file: string, args: readonly string[]): boolean {
  try {
    execFileSync(file, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
