import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const side = z.int().min(100).max(32_767);
const place = z.int().min(-65_536).max(65_536);
const schema = z.strictObject({ x: place, y: place, width: side, height: side, maximized: z.boolean() });

/** Device-independent pixels; the size and place of the window when it is not maximised. */
export type WindowState = z.infer<typeof schema>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a new window is given; without x and y the system centres it. */
export interface WindowPlace {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly maximized: boolean;
}

export const FIRST_SIZE = { width: 1440, height: 900 } as const;
const MIN_SIZE = { width: 800, height: 500 } as const;
/** So much of the title bar must be on some screen, so that the window can be dragged back. */
const GRIP = { width: 100, height: 30 } as const;

/** The text of a state file; undefined for one that does not fit. */
export function parseWindowState(text: string): WindowState | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Where the window opens: where it was, unless that is on no screen now; never larger than its screen.
 *
 * @param screens work areas, the first one is the main screen
 */
export function placeOnScreen(state: WindowState | undefined, screens: readonly Area[]): WindowPlace {
  const [main] = screens;
  if (state === undefined || main === undefined)
    return { ...FIRST_SIZE, ...limited(FIRST_SIZE, main), maximized: false };
  const screen = screens.find((area) => isGripOn(state, area));
  const size = limited(state, screen ?? main);
  return { ...size, ...(screen === undefined ? {} : { x: state.x, y: state.y }), maximized: state.maximized };
}

/**
 * Where an open window must go to be within reach: the middle of the main screen. Undefined where it can stay.
 *
 * @param bounds of the window now
 */
export function bringOnScreen(bounds: Area, screens: readonly Area[]): Area | undefined {
  const [main] = screens;
  if (main === undefined || screens.some((screen) => isGripOn(bounds, screen))) return undefined;
  const { width, height } = limited(bounds, main);
  const x = main.x + Math.max(0, Math.round((main.width - width) / 2));
  const y = main.y + Math.max(0, Math.round((main.height - height) / 2));
  return { x, y, width, height };
}

/** Read once at the start, before there is a window. A file that is missing or does not fit is the same as none. */
export function readWindowState(path: string): WindowState | undefined {
  try {
    return parseWindowState(readFileSync(path, 'utf8'));
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

/** Whole or not at all, for its owner alone. @throws NodeJS.ErrnoException */
export function writeWindowState(path: string, state: WindowState): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  // The mode is only that of a new file: one left by a crash keeps its own.
  chmodSync(temporary, 0o600);
  renameSync(temporary, path);
}

function limited(size: { width: number; height: number }, screen: Area | undefined) {
  return {
    width: Math.max(MIN_SIZE.width, Math.min(size.width, screen?.width ?? size.width)),
    height: Math.max(MIN_SIZE.height, Math.min(size.height, screen?.height ?? size.height)),
  };
}

function isGripOn({ x, y, width }: Pick<Area, 'x' | 'y' | 'width'>, screen: Area): boolean {
  const shown = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return shown >= GRIP.width && y >= screen.y && y + GRIP.height <= screen.y + screen.height;
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
