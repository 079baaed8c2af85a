import { Button } from '@mantine/core';
import type { KubeconfigSourceRow } from '../../../shared/contract/context.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import classes from './ContextsPage.module.css';

/** Where a source comes from, in words. */
export function sourceWords(source: KubeconfigSourceRow): string {
  switch (source.kind) {
    case 'environment':
      return 'named by KUBECONFIG';
    case 'default':
      return 'the default file';
    case 'argument':
      return 'given by --kubeconfig';
    case 'added':
      return 'opened by its path';
    case 'uploaded':
      return source.kept === true ? 'kept in the data folder' : 'in memory until Everynode ends';
    case 'demo':
      return 'the built-in demo cluster';
    default:
      return assertNever(source.kind);
  }
}

export function Sources({ sources }: { readonly sources: readonly KubeconfigSourceRow[] }) {
  return (
    <section aria-labelledby="kubeconfig-sources">
      <h2 id="kubeconfig-sources" className={classes.section}>
        Sources
      </h2>
      <div className={classes.card}>
        <table className={classes.table} aria-labelledby="kubeconfig-sources">
          <tbody>
            {sources.map((source) => (
              <SourceRow key={source.sourceId} source={source} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SourceRow({ source }: { readonly source: KubeconfigSourceRow }) {
  const { client } = useServices();
  const remove = useAction(() => client.kubeconfig.remove({ sourceId: source.sourceId }));
  return (
    <tr>
      <td>
        {source.file}
        {!source.found && <span className={classes.bad}>not found</span>}
        {remove.state.phase === 'failed' && <span className={classes.bad}>{remove.state.error.message}</span>}
      </td>
      <td>{sourceWords(source)}</td>
      <td>
        <div className={classes.actions}>
          {(source.kind === 'added' || source.kind === 'uploaded') && (
            <Button onClick={() => void remove.run()} aria-label={`Remove ${source.file}`}>
              Remove
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}
