import type { ManifestEditorOptions, ManifestEditorView } from './manifest-editor-view.ts';

/** Monaco comes with the first editor that is opened. */
export async function loadManifestEditor(
  element: HTMLElement,
  options: () => ManifestEditorOptions,
): Promise<ManifestEditorView> {
  const { ManifestEditorView: View } = await import('./manifest-editor-view.ts');
  return new View(element, options());
}
