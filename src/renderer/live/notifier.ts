import { createContext, useContext } from 'react';

/** `none`: this browser has no notifications, or the page may not use them. */
export type NotifyPermission = NotificationPermission | 'none';

export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
  /** A later one with the same tag takes its place. */
  readonly tag: string;
  readonly onClick: () => void;
}

/** Notifications of the desktop. A browser shows its question only on a click of the user. */
export interface DesktopNotifier {
  readonly permission: NotifyPermission;
  ask(): Promise<NotifyPermission>;
  show(notice: DesktopNotice): void;
}

/** The Web Notification API, which Electron answers with the system's own notifications. */
export const webNotifier: DesktopNotifier = {
  get permission() {
    return 'Notification' in globalThis ? Notification.permission : 'none';
  },
  async ask() {
    return 'Notification' in globalThis ? Notification.requestPermission() : 'none';
  },
  show({ title, body, tag, onClick }) {
    const shown = new Notification(title, { body, tag });
    shown.addEventListener('click', () => {
      globalThis.focus();
      onClick();
      shown.close();
    });
  },
};

const NotifierContext = createContext<DesktopNotifier>(webNotifier);

export const NotifierProvider = NotifierContext.Provider;

export function useNotifier(): DesktopNotifier {
  return useContext(NotifierContext);
}
