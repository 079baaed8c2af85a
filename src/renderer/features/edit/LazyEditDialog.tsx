import { pagePart } from '../../components/page-part.tsx';

/** "Edit" and "Edit config template", loaded when first opened. */
export const { Part: EditDialog } = pagePart(async () => (await import('./EditDialog.tsx')).EditDialog, null);
