import type { ManifestEditorOptions, ManifestEditorView } from './manifest-editor-view.ts';

/** Begins to load Monaco, for who is about to open a text. */
export function prepareManifestEditor(): void {
  import('./manifest-editor-view.ts').catch(() => {
    // Opening the editor tries again, and says why it cannot.
  });
}

/** Monaco comes with the first editor that is opened. */
export async function loadManifestEditor(
  element: HTMLElement,
  options: () => ManifestEditorOptions,
): Promise<ManifestEditorView> {
  const { ManifestEditorView: View } = await import('./manifest-editor-view.ts');
  return new View(element, options());
}
