import { contextInitials } from '../../components/context-tile.ts';
import { useContexts } from '../../live/use-contexts.ts';
import { AddMenu } from './AddMenu.tsx';
import classes from './Rail.module.css';
import { RailTile } from './RailTile.tsx';

/** One tile for each context that is not hidden, in the kubeconfig's order. */
export function Rail({ current }: { readonly current: string | undefined }) {
  const contexts = useContexts().value?.contexts ?? [];
  const shown = contexts.filter((context) => !context.hidden);
  const initials = contextInitials(shown.map((context) => context.displayName));
  return (
    <nav className={classes.rail} aria-label="Contexts">
      <ul className={classes.list}>
        {shown.map((context, index) => (
          <li key={context.contextName}>
            <RailTile
              context={context}
              initials={initials[index] ?? '?'}
              current={context.contextName === current}
              shortcut={index < 9 ? `Ctrl+${index + 1}` : undefined}
            />
          </li>
        ))}
        <li>
          <AddMenu hidden={contexts.filter((context) => context.hidden)} />
        </li>
      </ul>
    </nav>
  );
}
