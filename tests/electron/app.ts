import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { answer, record } from './host-channel.ts';
import { takeSingleInstanceLock } from './single-instance.ts';

/** A preventable event, as Electron's listeners get it first. */
export class StandInEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** api/app "app.isPackaged": then no argument names a script. */
const isPackaged = process.env['EVERYNODE_STAND_IN_PACKAGED'] === '1';
if (isPackaged) process.argv.splice(1, 1);

/** electronjs.org docs: api/app. */
class StandInApp extends EventEmitter {
  readonly isPackaged = isPackaged;
  name = 'Everynode';
  readonly #paths = new Map<string, string>();
  readonly #ready = new Promise<void>((resolve) => {
    setImmediate(() => {
      this.emit('will-finish-launching');
      this.#isReady = true;
      this.emit('ready', new StandInEvent(), {});
      resolve();
    });
  });
  #isReady = false;
  #closeAll: () => boolean = () => true;
  #quitting = false;

  /** api/app "app.isReady()". */
  isReady(): boolean {
    return this.#isReady;
  }

  /** api/app "app.whenReady()": fulfilled when Electron is initialized. */
  whenReady(): Promise<void> {
    return this.#ready;
  }

  /** api/app "app.setPath(name, path)": throws when the path does not exist (`userData` before ready). */
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  /** api/app "app.requestSingleInstanceLock([additionalData])": false in a second process, whose argv and folder the first gets by `second-instance`. */
  requestSingleInstanceLock(): boolean {
    return takeSingleInstanceLock(this.getPath('userData'), ({ argv, cwd }) =>
      this.emit('second-instance', new StandInEvent(), argv, cwd, null),
    );
  }

  /** api/app "app.setAsDefaultProtocolClient(protocol[, path, args])": true when the call succeeded. */
  setAsDefaultProtocolClient(...args: readonly unknown[]): boolean {
    record('app.setAsDefaultProtocolClient', ...args);
    return true;
  }

  addRecentDocument(path: string): void {
    record('app.addRecentDocument', path);
  }

  setAboutPanelOptions(options: unknown): void {
    record('app.setAboutPanelOptions', options);
  }

  showAboutPanel(): void {
    record('app.showAboutPanel');
  }

  focus(): void {
    record('app.focus');
  }

  /** api/app "app.exit([exitCode])": at once, without asking and without `before-quit` and `will-quit`. */
  exit(code = 0): void {
    process.exit(code);
  }

  /** api/app "app.quit()": closes all windows, then emits `will-quit`, which can be prevented. */
  quit(): void {
    if (!this.#quitting) {
      const before = new StandInEvent();
      this.emit('before-quit', before);
      if (before.defaultPrevented) return;
      this.#quitting = true;
      if (!this.#closeAll()) {
        this.#quitting = false;
        return;
      }
    }
    const event = new StandInEvent();
    this.emit('will-quit', event);
    if (event.defaultPrevented) return;
    this.emit('quit', new StandInEvent(), 0);
    process.exit(0);
  }

  /** @param closeAll answers whether every window let itself be closed */
  connectWindows(closeAll: () => boolean): void {
    this.#closeAll = closeAll;
  }

  /** api/app event `window-all-closed`: not emitted when `app.quit()` closed them; unlistened, it quits. */
  windowsGone(): void {
    if (this.#quitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }
}

export const app = new StandInApp();
/** electronjs.org docs: api/power-monitor; the system's events, brought about by a test. */
export const powerMonitor = new EventEmitter();

answer('emit', ({ on, event, args }) => {
  const details = new StandInEvent();
  const emitted = on === 'app' ? app.emit(event, details, ...args) : powerMonitor.emit(event, ...args);
  return { emitted, defaultPrevented: details.defaultPrevented };
});
