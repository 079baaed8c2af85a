import { useEffect } from 'react';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { pagePart } from '../components/page-part.tsx';
import { ContextGate, ContextsPage, prepareKubeconfigDialog } from '../features/contexts/index.ts';
import { DaemonSetsPage } from '../features/daemonsets/index.ts';
import { prepareFrameParts } from '../features/frame/index.ts';
import { prepareDialogs } from '../features/operations/index.ts';
import { rememberPlace } from '../stores/places.ts';
import { type Route, formatRoute, routeContext } from '../stores/route.ts';
import { useRoute } from '../stores/use-route.ts';
import { useFirstPage } from './use-first-page.ts';

// Monaco and xterm come with these, when first needed.
const { Part: CreatePage } = pagePart(async () => (await import('../features/create/index.ts')).CreatePage);
const { Part: EventsPage } = pagePart(async () => (await import('../features/events/index.ts')).EventsPage);
const { Part: DetailPage, prepare: prepareDetail } = pagePart(
  async () => (await import('../features/detail/index.ts')).DetailPage,
);
const { Part: PodPage, prepare: preparePod } = pagePart(async () => (await import('../features/pod/index.ts')).PodPage);
const { Part: JournalPage } = pagePart(async () => (await import('../features/journal/index.ts')).JournalPage);
const { Part: NodePage } = pagePart(async () => (await import('../features/nodes/index.ts')).NodePage);
const { Part: NodesPage } = pagePart(async () => (await import('../features/nodes/index.ts')).NodesPage);

/** What a click in the list or beside it leads to, so that it is there at once. */
function prepareNext(): void {
  prepareDetail();
  preparePod();
  prepareDialogs();
  prepareFrameParts();
  prepareKubeconfigDialog();
}

/** The page that the URL's hash names. */
export function Page() {
  const route = useRoute();
  useEffect(() => rememberPlace(route), [route]);
  const contextName = routeContext(route);
  useDocumentTitle(route);
  useFirstPage();
  return (
    <ErrorBoundary resetKey={formatRoute(route)}>
      {contextName === undefined ? (
        <PageOf route={route} />
      ) : (
        <ContextGate contextName={contextName}>
          <PageOf route={route} />
        </ContextGate>
      )}
    </ErrorBoundary>
  );
}

function useDocumentTitle(route: Route): void {
  useEffect(() => {
    const parts = 'contextName' in route ? [route.contextName, 'Everynode'] : ['Everynode'];
    document.title = ('name' in route ? [route.name, ...parts] : parts).join(' · ');
  }, [route]);
}

function PageOf({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'contexts':
      return <ContextsPage />;
    case 'journal':
      return <JournalPage key={route.only ?? ''} contextName={route.only} />;
    case 'daemonSets':
      return <DaemonSetsPage key={route.contextName} route={route} onRows={prepareNext} />;
    case 'daemonSet':
      return (
        <DetailPage
          key={`${route.contextName}/${route.namespace}/${route.name}`}
          contextName={route.contextName}
          namespace={route.namespace}
          name={route.name}
          tab={route.tab}
          pod={route.pod}
          container={route.container}
          run={route.run}
          node={route.node}
          show={route.show}
        />
      );
    case 'create':
      return <CreatePage key={route.contextName} contextName={route.contextName} />;
    case 'pod':
      return (
        <PodPage
          key={`${route.contextName}/${route.namespace}/${route.name}`}
          contextName={route.contextName}
          namespace={route.namespace}
          name={route.name}
          tab={route.tab}
          container={route.container}
          run={route.run}
        />
      );
    case 'nodes':
      return <NodesPage key={route.contextName} contextName={route.contextName} />;
    case 'node':
      return <NodePage key={`${route.contextName}/${route.name}`} contextName={route.contextName} name={route.name} />;
    case 'events':
      return <EventsPage key={route.contextName} contextName={route.contextName} />;
    case 'unknown':
      return (
        <EmptyState title="This link names no page">
          <code>{route.hash}</code>
          <a href={formatRoute({ page: 'contexts' })}>All contexts</a>
        </EmptyState>
      );
    default:
      return assertNever(route);
  }
}
