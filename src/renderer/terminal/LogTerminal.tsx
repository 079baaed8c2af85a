import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { loadLogScreen } from './load-log-screen.ts';
import type { LogScreen } from './log-screen.ts';
import classes from './LogTerminal.module.css';

export interface LogTerminalProps {
  readonly label: string;
  readonly wrap: boolean;
  readonly scrollbackLines: number;
  /** Called with the screen when it is loaded; what it returns is called when the screen goes. */
  readonly onReady: (screen: LogScreen) => () => void;
  /** Called when the user has scrolled: whether the newest line is in view. */
  readonly onScroll: (isAtBottom: boolean) => void;
}

/** The screen of one log: loads xterm, follows the element's size and the colour scheme. */
export function LogTerminal({ label, wrap, scrollbackLines, onReady, onScroll }: LogTerminalProps) {
  const element = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<LogScreen>();
  const [failure, setFailure] = useState<unknown>();
  const scheme = useComputedColorScheme('light');
  const first = useRef({ scheme, wrap, scrollbackLines });

  useEffect(() => {
    let stopped = false;
    let mounted: LogScreen | undefined;
    loadLogScreen(first.current)
      .then((loaded) => {
        if (stopped || !element.current) {
          loaded.dispose();
          return;
        }
        mounted = loaded;
        loaded.mount(element.current);
        setScreen(loaded);
      })
      .catch(setFailure);
    return () => {
      stopped = true;
      mounted?.dispose();
    };
  }, []);

  useEffect(() => (screen ? onReady(screen) : undefined), [screen, onReady]);
  useEffect(() => screen?.setScheme(scheme), [screen, scheme]);
  useEffect(() => screen?.setWrap(wrap), [screen, wrap]);
  useEffect(() => {
    const target = element.current;
    if (!screen || !target) return undefined;
    const observer = new ResizeObserver(() => screen.fit());
    observer.observe(target);
    return () => observer.disconnect();
  }, [screen]);

  // xterm tells of no scrolling by the user: look after everything that can cause one.
  const lookSoon = () => {
    if (screen) requestAnimationFrame(() => onScroll(screen.isAtBottom));
  };
  // The boundary around the page says what failed and offers to load it again.
  if (failure !== undefined) throw failure;
  return (
    <div
      className={classes.frame}
      data-wrap={wrap}
      role="region"
      aria-label={label}
      onWheel={lookSoon}
      onKeyDown={lookSoon}
      onPointerUp={lookSoon}
    >
      <div ref={element} className={classes.screen} />
    </div>
  );
}
