import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface KubectlResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export interface KubectlRun {
  readonly controlPlane: string;
  readonly kubeconfig: string;
  /** Folder for kubectl's discovery cache, so that it shares none with the user's. */
  readonly cacheDir: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly signal?: AbortSignal;
}

/** Runs kubectl 1.37 to its end; an exit code other than 0 is an answer, not an error. */
export function runKubectl(run: KubectlRun): Promise<KubectlResult> {
  const { promise, resolve, reject } = Promise.withResolvers<KubectlResult>();
  const child = spawn(run.controlPlane, ['kubectl', ...run.args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment(run),
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => {
    // kubectl may end before it has read its input; its exit code says why.
  });
  child.once('error', reject);
  child.once('close', (code, signal) => {
    resolve({
      stdout: Buffer.concat(stdout).toString('utf8'),
      stderr: Buffer.concat(stderr).toString('utf8') + (signal === null ? '' : `\n${signal}`),
      code: code ?? 128,
    });
  });
  child.stdin.end(run.input ?? '');
  return promise;
}

/** Lines that kubectl writes, as they come; kubectl ends when the loop over them does. */
export async function* kubectlLines(run: Omit<KubectlRun, 'input'>): AsyncGenerator<string> {
  const child = spawn(run.controlPlane, ['kubectl', ...run.args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment(run),
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
  try {
    yield* createInterface({ input: child.stdout });
  } finally {
    child.kill();
  }
}

function environment(run: Pick<KubectlRun, 'kubeconfig' | 'cacheDir'>): NodeJS.ProcessEnv {
  return { ...process.env, KUBECONFIG: run.kubeconfig, KUBECACHEDIR: run.cacheDir };
}
