import { type RefObject, useEffect, useState } from 'react';
import type { ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import type { ShownSides } from './shown-sides.ts';

/** Which sides of the text are shown. `editYaml` shows the YAML, at a line. */
export function useShownSides(editor: RefObject<ManifestEditorHandle | null>, first: ShownSides = 'form') {
  const [view, setView] = useState(first);
  const [revealed, setRevealed] = useState<number>();
  useEffect(() => {
    if (revealed === undefined || view === 'form') return;
    editor.current?.reveal(revealed);
    setRevealed(undefined);
  }, [editor, revealed, view]);
  return {
    view,
    setView,
    editYaml: (line?: number) => {
      setView((before) => (before === 'both' ? before : 'yaml'));
      if (line !== undefined) setRevealed(line);
    },
  };
}
