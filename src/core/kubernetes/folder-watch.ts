import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

/** Hears of changes in folders. Where the system cannot watch one (it does not exist, no inotify left), the caller's polling remains. */
export class FolderWatch {
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  follow(folders: ReadonlySet<string>): void {
    for (const folder of this.#watchers.keys()) {
      if (!folders.has(folder)) this.#drop(folder);
    }
    for (const folder of folders) {
      if (!this.#watchers.has(folder)) this.#watch(folder);
    }
  }

  dispose(): void {
    this.follow(new Set());
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, this.#onChange);
      watcher.on('error', () => this.#drop(folder));
      this.#watchers.set(folder, watcher);
    } catch {
      // The next poll tries again.
    }
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
