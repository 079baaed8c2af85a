import type { ManifestDiffOptions, ManifestDiffView } from './manifest-diff-view.ts';

/** Monaco comes with the first comparison that is opened, when no editor has brought it. */
export async function loadManifestDiff(
  element: HTMLElement,
  options: () => ManifestDiffOptions,
): Promise<ManifestDiffView> {
  const { ManifestDiffView: View } = await import('./manifest-diff-view.ts');
  return new View(element, options());
}
