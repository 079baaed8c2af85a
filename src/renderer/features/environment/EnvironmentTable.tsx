import type { EnvRow } from '../../../shared/kubernetes/environment.ts';
import classes from './Environment.module.css';
import { EnvValue } from './EnvValue.tsx';
import { sourceWords } from './source-words.ts';
import type { SecretValues } from './use-secret-values.ts';

export interface EnvironmentTableProps {
  readonly containerName: string;
  /** All of the container's, for the words of what wins. */
  readonly all: readonly EnvRow[];
  readonly shown: readonly EnvRow[];
  readonly secrets: SecretValues;
}

/** The variables of one container in the order of their declaration. */
export function EnvironmentTable({ containerName, all, shown, secrets }: EnvironmentTableProps) {
  return (
    <table className={classes.table} aria-label={`Environment of ${containerName}`}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
          <th scope="col">Source</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={row.index} data-overridden={row.overriddenBy !== undefined}>
            <th scope="row" className={classes.name}>
              {row.name}
            </th>
            <td>
              <EnvValue row={row} secrets={secrets} />
              {row.overriddenBy !== undefined && <p className={classes.note}>{winnerWords(all[row.overriddenBy])}</p>}
            </td>
            <td className={classes.source}>{sourceWords(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function winnerWords(winner: EnvRow | undefined): string {
  return `Not used: a later declaration of the name wins (${winner === undefined ? 'below' : sourceWords(winner)}).`;
}
