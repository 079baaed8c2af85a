import type { ContextsView } from '../../../shared/contract/context.ts';
import classes from './ContextsPage.module.css';

/** What a kubeconfig holds that cannot be used, or that another file's entry of the same name hides. */
export function Problems({ view }: { readonly view: ContextsView }) {
  const { problems, shadowed } = view;
  return (
    <>
      {problems.length > 0 && (
        <section aria-labelledby="kubeconfig-problems">
          <h2 id="kubeconfig-problems" className={classes.section}>
            Problems
          </h2>
          <ul className={classes.looked}>
            {problems.map((problem, index) => (
              <li key={`${index} ${problem.file} ${problem.entry ?? ''} ${problem.message}`}>
                {problem.entry !== undefined && <strong>{problem.entry}: </strong>}
                {problem.message} <span className={classes.second}>{problem.file}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {shadowed.length > 0 && (
        <section aria-labelledby="kubeconfig-shadowed">
          <h2 id="kubeconfig-shadowed" className={classes.section}>
            Shadowed entries
          </h2>
          <ul className={classes.looked}>
            {shadowed.map((entry, index) => (
              <li key={`${index} ${entry.kind} ${entry.name} ${entry.file}`}>
                {entry.kind} <strong>{entry.name}</strong> of {entry.file}
                <span className={classes.second}>shadowed by {entry.shadowedBy}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
