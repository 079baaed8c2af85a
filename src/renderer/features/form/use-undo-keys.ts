import { useEffect } from 'react';
import type { FormStore } from './form-store.ts';

/** Ctrl+Z and Ctrl+Y (or with Shift) take the text's last change back and do it again, wherever the focus is in the page. */
export function useUndoKeys({ undo, redo }: FormStore['actions']): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const isUndo = key === 'z' && !event.shiftKey;
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey);
      if (!isUndo && !isRedo) return;
      // A field's own undo knows nothing of the text: there is one undo for all.
      event.preventDefault();
      event.stopPropagation();
      if (isUndo) undo();
      else redo();
    };
    globalThis.addEventListener('keydown', onKey, { capture: true });
    return () => globalThis.removeEventListener('keydown', onKey, { capture: true });
  }, [undo, redo]);
}
