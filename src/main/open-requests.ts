import type { App } from 'electron';
import { linkIn } from './deep-link.ts';
import { readStartArguments, type StartArguments } from './start-arguments.ts';

export interface OpenTarget {
  readonly showLink: (link: string) => void;
  readonly openFile: (path: string) => void;
  readonly bringToFront: () => void;
}

/**
 * What the system asks a running application to open. macOS sends `open-url` and `open-file`, also before the application
 * is ready; elsewhere a second start hands over its arguments. What comes before there is a window waits for it.
 */
export class OpenRequests {
  readonly #links: string[];
  readonly #files: string[];
  #target: OpenTarget | undefined;

  constructor(app: App, { link, files }: StartArguments) {
    this.#links = link === undefined ? [] : [link];
    this.#files = [...files];
    app.on('open-url', (event, url) => {
      event.preventDefault();
      const asked = linkIn([url]);
      if (asked !== undefined) this.#links.push(asked);
      this.#flush(true);
    });
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#files.push(path);
      this.#flush(true);
    });
    app.on('second-instance', (_event, argv, folder) => {
      const second = readStartArguments(argv.slice(1), folder);
      if (second.link !== undefined) this.#links.push(second.link);
      this.#files.push(...second.files);
      this.#flush(true);
    });
  }

  /** The last link that waits, for the first page to open at. */
  takeLink(): string | undefined {
    return this.#links.splice(0).at(-1);
  }

  /** From now on there is a window; what waited is opened in it. */
  serve(target: OpenTarget): void {
    this.#target = target;
    this.#flush(false);
  }

  #flush(front: boolean): void {
    const target = this.#target;
    if (target === undefined) return;
    if (front) target.bringToFront();
    for (const link of this.#links.splice(0)) target.showLink(link);
    for (const file of this.#files.splice(0)) target.openFile(file);
  }
}
