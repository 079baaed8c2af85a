import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { EditorThemeName } from './editor-themes.ts';
import { loadManifestDiff } from './load-manifest-diff.ts';
import type { ManifestDiffView } from './manifest-diff-view.ts';
import classes from './ManifestDiff.module.css';

export interface ManifestDiffProps {
  /** YAML texts, before and after. */
  readonly original: string;
  readonly modified: string;
  /** What each of them is: "Revision 3". */
  readonly originalLabel: string;
  readonly modifiedLabel: string;
  /** The accessible name of both together. */
  readonly ariaLabel: string;
}

/** Two YAML texts compared line by line, read only. It fills its parent's height. Monaco is loaded with the first one. */
export function ManifestDiff({ original, modified, originalLabel, modifiedLabel, ariaLabel }: ManifestDiffProps) {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<ManifestDiffView>();
  const [isMissing, setMissing] = useState(false);
  const scheme = useComputedColorScheme('light');
  const theme: EditorThemeName = scheme === 'dark' ? 'everynode-dark' : 'everynode-light';
  const latest = useRef({ original, modified, originalLabel, modifiedLabel, theme });
  useEffect(() => {
    latest.current = { original, modified, originalLabel, modifiedLabel, theme };
  });

  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    let stopped = false;
    let created: ManifestDiffView | undefined;
    loadManifestDiff(target, () => latest.current)
      .then((loaded) => {
        if (stopped) {
          loaded.dispose();
          return;
        }
        created = loaded;
        setView(loaded);
      })
      .catch(() => setMissing(true));
    return () => {
      stopped = true;
      created?.dispose();
    };
  }, []);

  useEffect(() => view?.setTexts(original, modified), [view, original, modified]);
  useEffect(() => view?.setTheme(theme), [view, theme]);

  return (
    <div className={classes.frame} role="group" aria-label={ariaLabel} data-ready={view !== undefined}>
      <div className={classes.labels}>
        <span>
          <span aria-hidden="true">− </span>
          {originalLabel}
        </span>
        <span>
          <span aria-hidden="true">+ </span>
          {modifiedLabel}
        </span>
      </div>
      <div className={classes.room}>
        <div ref={element} className={classes.editor} />
        {!view && (
          <div className={classes.loading} role="status">
            {isMissing
              ? 'The comparison could not be loaded. Close this and open it again, or reload the page.'
              : 'Loading the comparison…'}
          </div>
        )}
      </div>
    </div>
  );
}
