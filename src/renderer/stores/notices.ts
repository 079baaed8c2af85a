import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface Notice {
  readonly title: string;
  readonly message?: string;
  readonly tone: 'good' | 'info' | 'warn' | 'bad';
}

export interface ShownNotice extends Notice {
  readonly id: number;
}

const MOST_SHOWN = 5;
const notices = createStore<readonly ShownNotice[]>(() => []);
let lastId = 0;

/** Says briefly what has happened, in the corner; a screen reader hears it. */
export function notify(notice: Notice): void {
  lastId += 1;
  const shown = { ...notice, id: lastId };
  notices.setState((before) => [...before, shown].slice(-MOST_SHOWN), true);
}

export function dismissNotice(id: number): void {
  notices.setState((before) => before.filter((notice) => notice.id !== id), true);
}

export function useNotices(): readonly ShownNotice[] {
  return useStore(notices);
}
