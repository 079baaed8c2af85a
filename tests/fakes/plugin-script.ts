import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecPlugin } from '../../src/core/kubernetes/exec-plugin.ts';

/** Real exec plugins of a test: Node scripts in a folder of their own. */
export class PluginFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'everynode-plugin-'));

  /** A plugin that runs `source` (an ES module); each start writes its pid and KUBERNETES_EXEC_INFO to `runs`. */
  plugin(source: string, more: Partial<ExecPlugin> = {}): ExecPlugin {
    const script = join(this.path, 'plugin.mjs');
    const note = `import { appendFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(this.#log)}, JSON.stringify({ pid: process.pid, info: JSON.parse(process.env.KUBERNETES_EXEC_INFO ?? 'null') }) + '\\n');
`;
    writeFileSync(script, note + source);
    return {
      command: process.execPath,
      args: [script],
      env: [],
      file: join(this.path, 'config'),
      apiVersion: 'client.authentication.k8s.io/v1',
      interactiveMode: 'Never',
      ...more,
    };
  }

  /** The source of a plugin that answers this status. */
  answering(status: object, apiVersion = 'client.authentication.k8s.io/v1'): string {
    return `process.stdout.write(${JSON.stringify(JSON.stringify({ kind: 'ExecCredential', apiVersion, status }))});\n`;
  }

  /** The source of one that answers the text of the file `answer` of the folder, which `say` writes. */
  get fromFile(): string {
    const path = JSON.stringify(this.#answer);
    return `import { readFileSync } from 'node:fs';\nprocess.stdout.write(readFileSync(${path}, 'utf8'));\n`;
  }

  say(status: object): void {
    const apiVersion = 'client.authentication.k8s.io/v1';
    writeFileSync(this.#answer, JSON.stringify({ kind: 'ExecCredential', apiVersion, status }));
  }

  get runs(): readonly { readonly pid: number; readonly info: unknown }[] {
    if (!existsSync(this.#log)) return [];
    // What stands behind the last line end is still being written.
    return readFileSync(this.#log, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { pid: number; info: unknown });
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  get #log(): string {
    return join(this.path, 'runs.log');
  }

  get #answer(): string {
    return join(this.path, 'answer.json');
  }
}

/** Whether a process of this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
