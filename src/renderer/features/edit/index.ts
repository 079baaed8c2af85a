export { EditDialog } from './lazy-edit-dialog.tsx';
export type { EditKind } from './EditDialog.tsx';
