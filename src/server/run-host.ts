import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createCore } from '../core/create-core.ts';
import { systemClock } from '../core/system-clock.ts';
import { PageServer } from '../core/host/page-server.ts';
import type { HostOptions } from '../core/host/command-line.ts';
import { defaultDataDir, ensureDataDir } from '../core/host/data-dir.ts';
import { startDemoChild } from './demo-child.ts';
import { openPageHttp } from './http-server.ts';

export interface HostEnvironment {
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  /** One line for the person who reads the terminal's standard error. */
  readonly log: (line: string) => void;
}

export interface RunningHost {
  /** The page with a fresh one-time code. */
  issueUrl(): string;
  /** Ends the core, the demo cluster and every socket. */
  close(): Promise<void>;
}

/** Built beside this file: out/main/*.js, with the page in out/renderer. */
const DECODE_WORKER = new URL('./decode-worker.js', import.meta.url);
const DEMO_PROCESS = new URL('./demo-process.js', import.meta.url);
const RENDERER = new URL('../renderer/', import.meta.url);

/** @throws NodeJS.ErrnoException, when the port is taken or the data folder cannot be made */
export async function runHost(options: HostOptions, { version, env, log }: HostEnvironment): Promise<RunningHost> {
  const dataDir = options.dataDir ?? defaultDataDir(process.platform, env, homedir());
  ensureDataDir(dataDir);
  const onBug = (where: string, error: unknown) => {
    log(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  const core = await createCore({
    version,
    host: 'server',
    platform: process.platform,
    dataDir,
    env,
    clock: systemClock,
    log,
    decodeWorkerUrl: DECODE_WORKER,
    demoProcess: (nodes?: number) => startDemoChild(fileURLToPath(DEMO_PROCESS), demoArgs(nodes ?? options.demoNodes)),
    ...(options.kubeconfigArgs.length > 0 ? { kubeconfigArgs: options.kubeconfigArgs } : {}),
    demo: { open: options.demo, ...(options.demoNodes === undefined ? {} : { nodes: options.demoNodes }) },
  });
  const pages = new PageServer({ router: core.router, onBug });
  try {
    const http = await openPageHttp({
      port: options.port,
      rendererRoot: fileURLToPath(RENDERER),
      pages,
      clock: systemClock,
      onBug,
    });
    return {
      issueUrl: () => `http://127.0.0.1:${http.port}/#code=${http.access.issueCode()}`,
      close: async () => {
        await http.close();
        pages.dispose();
        await core.dispose();
      },
    };
  } catch (error) {
    await core.dispose();
    throw error;
  }
}

function demoArgs(nodes: number | undefined): readonly string[] {
  return nodes === undefined ? [] : ['--nodes', String(nodes)];
}
