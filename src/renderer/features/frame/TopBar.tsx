import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { type Route, formatRoute } from '../../stores/route.ts';
import { useRoute } from '../../stores/use-route.ts';
import classes from './TopBar.module.css';

interface Crumb {
  readonly text: string;
  readonly to?: Route;
}

function pageCrumbs(route: Route): readonly Crumb[] {
  switch (route.page) {
    case 'contexts':
      return [{ text: 'Contexts' }];
    case 'journal':
      return [{ text: 'Journal' }];
    case 'daemonSets':
      return [{ text: 'DaemonSets' }];
    case 'daemonSet':
      return [
        {
          text: route.namespace,
          to: { page: 'daemonSets', contextName: route.contextName, namespaces: [route.namespace] },
        },
        { text: route.name },
      ];
    case 'events':
      return [{ text: 'Events' }];
    case 'create':
      return [{ text: 'DaemonSets', to: { page: 'daemonSets', contextName: route.contextName } }, { text: 'Create' }];
    case 'pod':
      return [
        {
          text: route.namespace,
          to: { page: 'daemonSets', contextName: route.contextName, namespaces: [route.namespace] },
        },
        { text: route.name },
      ];
    case 'nodes':
      return [{ text: 'Nodes' }];
    case 'node':
      return [{ text: 'Nodes', to: { page: 'nodes', contextName: route.contextName } }, { text: route.name }];
    case 'unknown':
      return [];
    default:
      return assertNever(route);
  }
}

/** The product's name, where the user is, and what makes this context special. */
export function TopBar({ context }: { readonly context: KubeContextRow | undefined }) {
  const route = useRoute();
  const here: readonly Crumb[] =
    'contextName' in route
      ? [
          {
            text: context?.displayName ?? route.contextName,
            to: { page: 'daemonSets', contextName: route.contextName },
          },
        ]
      : [];
  return (
    <header className={classes.bar}>
      <a className={classes.product} href={formatRoute({ page: 'contexts' })} title="All contexts">
        Everynode
      </a>
      <nav className={classes.crumbs} aria-label="Breadcrumb">
        <ol>
          {[...here, ...pageCrumbs(route)].map((crumb, index, all) => (
            <li key={`${index} ${crumb.text}`} aria-current={index === all.length - 1 ? 'page' : undefined}>
              {crumb.to === undefined ? crumb.text : <a href={formatRoute(crumb.to)}>{crumb.text}</a>}
            </li>
          ))}
        </ol>
      </nav>
      <div className={classes.badges}>
        {context?.isDemo === true && <StatusBadge tone="info">demo cluster</StatusBadge>}
        {context?.insecureSkipTlsVerify === true && <StatusBadge tone="bad">insecure TLS</StatusBadge>}
        {context?.guardLevel === 'read-only' && <StatusBadge tone="bad">read-only</StatusBadge>}
      </div>
    </header>
  );
}
