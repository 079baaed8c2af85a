import { lazy, Suspense } from 'react';
import type { EditDialogProps } from './EditDialog.tsx';

const Dialog = lazy(async () => ({ default: (await import('./EditDialog.tsx')).EditDialog }));

/** "Edit" and "Edit config template", loaded when first opened. */
export function EditDialog(props: EditDialogProps) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  );
}
