import type { ReactNode } from 'react';
import { useKubeContext } from '../../live/use-contexts.ts';
import { routeContext } from '../../stores/route.ts';
import { useRoute } from '../../stores/use-route.ts';
import classes from './Frame.module.css';
import { Rail } from './Rail.tsx';
import { Sidebar } from './Sidebar.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import { useContextKeys } from './use-context-keys.ts';
import { useHistoryKeys } from './use-history-keys.ts';

export interface FrameProps {
  /** Above everything: what concerns the page as a whole. */
  readonly banner?: ReactNode;
  readonly children: ReactNode;
}

/** Top bar, rail of contexts, sidebar of the context shown, page, status bar. */
export function Frame({ banner, children }: FrameProps) {
  const contextName = routeContext(useRoute());
  const context = useKubeContext(contextName ?? '');
  useContextKeys();
  useHistoryKeys();
  return (
    <div className={classes.frame}>
      <TopBar context={context} />
      {banner}
      <div className={classes.body}>
        <Rail current={contextName} />
        {context !== undefined && <Sidebar key={context.contextName} context={context} />}
        <main className={classes.main} id="page">
          {children}
        </main>
      </div>
      <StatusBar context={context} />
    </div>
  );
}
