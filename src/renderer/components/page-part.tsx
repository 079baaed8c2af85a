import { type FunctionComponent, type ReactNode, useEffect, useState } from 'react';
import { EmptyState } from './EmptyState.tsx';

export interface PagePart<Props> {
  readonly Part: FunctionComponent<Props>;
  /** Loads it before it is shown. A failure is told when it is shown, which tries again. */
  readonly prepare: () => void;
}

/**
 * A part of the page in a file of its own. It is shown in the frame in which its file is there: what suspends, React shows no sooner than
 * 300 ms after the fallback (`FALLBACK_THROTTLE_MS` of React 19's reconciler). Where the file cannot be had, it throws, and tries again when
 * it is shown anew. `waiting` stands in its place until then.
 */
export function pagePart<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  waiting: ReactNode = <EmptyState title="Loading…" />,
): PagePart<Props> {
  let loaded: FunctionComponent<Props> | undefined;
  const remembered = async () => (loaded ??= await load());
  const Part = (props: Props) => {
    const [Shown, show] = useState(() => loaded);
    const [failure, fail] = useState<{ readonly why: unknown }>();
    useEffect(() => {
      if (Shown !== undefined) return undefined;
      let isGone = false;
      remembered().then(
        (part) => !isGone && show(() => part),
        (why: unknown) => !isGone && fail({ why }),
      );
      return () => {
        isGone = true;
      };
    }, [Shown]);
    if (failure !== undefined) throw failure.why;
    return Shown === undefined ? waiting : <Shown {...props} />;
  };
  const ignore = () => {
    // It is asked for again, and its failure told, when it is shown.
  };
  return { Part, prepare: () => void remembered().catch(ignore) };
}
