export { EditDialog } from './LazyEditDialog.tsx';
export type { EditKind } from './edit-kind.ts';
