import { pagePart } from '../../components/page-part.tsx';

// Each is loaded when it is first opened, or before.

const contextDialog = pagePart(async () => (await import('./ContextDialog.tsx')).ContextDialog, null);
const namespacePicker = pagePart(async () => (await import('./NamespacePicker.tsx')).NamespacePicker, null);

export const ContextDialog = contextDialog.Part;
export const NamespacePicker = namespacePicker.Part;

/** What a click on the frame leads to, so that it is there at once. */
export function prepareFrameParts(): void {
  namespacePicker.prepare();
  contextDialog.prepare();
}
