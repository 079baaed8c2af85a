import { spawn } from 'node:child_process';

export interface Opener {
  readonly command: string;
  readonly args: readonly string[];
}

/** The system's own way to open a URL; none where there is no desktop, since a text browser would take the terminal. */
export function systemOpener(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, url: string): Opener | undefined {
  if (platform === 'darwin') return { command: 'open', args: [url] };
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  const hasDesktop = Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
  return hasDesktop ? { command: 'xdg-open', args: [url] } : undefined;
}

/** Tries the system's opener. Whether it worked is not told: the URL stands in the terminal. */
export function openBrowser(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, url: string): void {
  const opener = systemOpener(platform, env, url);
  if (opener === undefined) return;
  const child = spawn(opener.command, opener.args, { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
}
