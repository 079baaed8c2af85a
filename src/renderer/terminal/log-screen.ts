import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { scrollKey } from './scroll-key.ts';
import { searchColors, terminalTheme } from './terminal-theme.ts';
import type { ColorScheme } from './terminal-theme.ts';

/** Without wrapping the screen is as wide as the longest line, up to this: longer lines wrap after all. */
const MAX_COLUMNS = 500;
const COLUMN_STEP = 50;

export interface LogScreenOptions {
  readonly scheme: ColorScheme;
  readonly wrap: boolean;
  readonly scrollbackLines: number;
}

export interface LogSearch {
  readonly term: string;
  readonly caseSensitive: boolean;
  readonly regex: boolean;
}

export interface SearchCount {
  /** From 0; -1 when there are more matches than are marked. */
  readonly index: number;
  readonly count: number;
}

/** One read-only xterm (DOM renderer). Text must be sanitized before it comes here: only SGR, tab and line feed. */
export class LogScreen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon({ highlightLimit: 2000 });
  #scheme: ColorScheme;
  #wrap: boolean;
  #longestLine = 0;
  #element: HTMLElement | undefined;

  constructor(options: LogScreenOptions) {
    this.#scheme = options.scheme;
    this.#wrap = options.wrap;
    this.#terminal = new Terminal({
      allowProposedApi: true,
      convertEol: true,
      disableStdin: true,
      cursorInactiveStyle: 'none',
      fontFamily: "ui-monospace, SFMono-Regular, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
      fontSize: 12,
      lineHeight: 1.25,
      minimumContrastRatio: 4.5,
      scrollback: options.scrollbackLines,
      linkHandler: null,
      theme: terminalTheme(options.scheme),
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#search);
    this.#terminal.attachCustomKeyEventHandler((event) => this.#onKey(event));
  }

  mount(element: HTMLElement): void {
    this.#element = element;
    this.#terminal.open(element);
    this.#terminal.textarea?.setAttribute('aria-label', 'Log, scrolled by the arrow and page keys');
    this.fit();
  }

  /** `done` is called when the text is parsed and on screen: the moment to give its bytes back. */
  write(text: string, longestLine: number, done: () => void): void {
    this.#longestLine = Math.max(this.#longestLine, longestLine);
    if (!this.#wrap && this.#longestLine > this.#terminal.cols) this.fit();
    this.#terminal.write(text, done);
  }

  clear(): void {
    this.#longestLine = 0;
    this.#terminal.reset();
  }

  /** Takes the size of its element, and without wrapping at least the width of the longest line. */
  fit(): void {
    const size = this.#element && this.#fit.proposeDimensions();
    if (!size || Number.isNaN(size.cols) || Number.isNaN(size.rows)) return;
    const longest = Math.ceil(this.#longestLine / COLUMN_STEP) * COLUMN_STEP;
    const columns = this.#wrap ? size.cols : Math.max(size.cols, Math.min(longest, MAX_COLUMNS));
    this.#terminal.resize(Math.max(columns, 2), Math.max(size.rows, 1));
  }

  setWrap(wrap: boolean): void {
    this.#wrap = wrap;
    this.fit();
  }

  setScheme(scheme: ColorScheme): void {
    this.#scheme = scheme;
    this.#terminal.options.theme = terminalTheme(scheme);
  }

  get isAtBottom(): boolean {
    const { viewportY, baseY } = this.#terminal.buffer.active;
    return viewportY >= baseY;
  }

  scrollToBottom(): void {
    this.#terminal.scrollToBottom();
  }

  /** Marks all matches and goes to the next or previous one; an expression that is none marks nothing. */
  search({ term, caseSensitive, regex }: LogSearch, direction: 'next' | 'previous' | 'stay'): void {
    if (term === '') {
      this.#search.clearDecorations();
      return;
    }
    const options = {
      caseSensitive,
      regex,
      incremental: direction === 'stay',
      decorations: searchColors(this.#scheme),
    };
    if (direction === 'previous') this.#search.findPrevious(term, options);
    else this.#search.findNext(term, options);
  }

  onSearchCount(listener: (count: SearchCount) => void): () => void {
    const subscription = this.#search.onDidChangeResults(({ resultIndex, resultCount }) =>
      listener({ index: resultIndex, count: resultCount }),
    );
    return () => subscription.dispose();
  }

  dispose(): void {
    this.#terminal.dispose();
  }

  /** Only scrolling is ours; everything else (Tab, copy, the page's shortcuts) stays the browser's. */
  #onKey(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return false;
    const move = scrollKey(event);
    if (move === undefined) return false;
    event.preventDefault();
    if (move.by === 'lines') this.#terminal.scrollLines(move.amount);
    else if (move.by === 'pages') this.#terminal.scrollPages(move.amount);
    else if (move.by === 'top') this.#terminal.scrollToTop();
    else this.#terminal.scrollToBottom();
    return false;
  }
}
