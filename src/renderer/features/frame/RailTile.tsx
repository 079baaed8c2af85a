import { Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { connectionDot, connectionWords, contextColor, textColorOn } from '../../components/context-tile.ts';
import { StateDot } from '../../components/StateDot.tsx';
import { ContextMenu } from './ContextMenu.tsx';
import classes from './Rail.module.css';
import { useSwitchContext } from '../contexts/index.ts';

export interface RailTileProps {
  readonly context: KubeContextRow;
  readonly initials: string;
  readonly current: boolean;
  readonly shortcut: string | undefined;
}

function stateWords(context: KubeContextRow): string {
  return context.problem === undefined ? connectionWords(context.connection) : 'cannot be opened';
}

/** A click switches; the context menu (right click, or its key) holds the rest. */
export function RailTile({ context, initials, current, shortcut }: RailTileProps) {
  const switchTo = useSwitchContext();
  const [menuOpened, setMenuOpened] = useState(false);
  const color = contextColor(context);
  return (
    <ContextMenu context={context} onRightClick onOpenChange={setMenuOpened}>
      <span className={classes.box}>
        <Tooltip label={<TileTip context={context} shortcut={shortcut} />} position="right" disabled={menuOpened}>
          <button
            type="button"
            className={classes.tile}
            style={{ background: color, color: textColorOn(color) }}
            aria-label={`${context.displayName}, ${stateWords(context)}`}
            aria-current={current ? 'page' : undefined}
            data-bad={context.problem !== undefined}
            // Drawn, not text: the name of the button is the context's, and would have to begin with it.
            data-initials={initials}
            onClick={() => switchTo(context)}
          >
            <span className={classes.state}>
              <StateDot dot={connectionDot(context)} />
            </span>
          </button>
        </Tooltip>
      </span>
    </ContextMenu>
  );
}

function TileTip({ context, shortcut }: Pick<RailTileProps, 'context' | 'shortcut'>) {
  return (
    <div className={classes.tip}>
      <p>
        {context.displayName}
        {shortcut !== undefined && ` (${shortcut})`}
      </p>
      <p>{stateWords(context)}</p>
      {'error' in context.connection && <p>{context.connection.error.message}</p>}
      {context.problem !== undefined && <p>{context.problem.message}</p>}
      {context.server !== undefined && <p>{context.server}</p>}
      <p>{context.file}</p>
      {context.shadowedBy !== undefined && <p>shadowed by {context.shadowedBy}</p>}
    </div>
  );
}
