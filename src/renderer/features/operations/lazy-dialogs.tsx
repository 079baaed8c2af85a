import { Suspense, lazy } from 'react';
import type { PauseDialogProps } from './PauseDialog.tsx';
import type { OperationProps } from './RedeployDialog.tsx';

const Redeploy = lazy(async () => ({ default: (await import('./RedeployDialog.tsx')).RedeployDialog }));
const Pause = lazy(async () => ({ default: (await import('./PauseDialog.tsx')).PauseDialog }));
const Delete = lazy(async () => ({ default: (await import('./DeleteDialog.tsx')).DeleteDialog }));

/** `kubectl rollout restart`, after a question. Loaded when first opened. */
export function RedeployDialog(props: OperationProps) {
  return props.opened === false ? null : (
    <Suspense fallback={null}>
      <Redeploy {...props} />
    </Suspense>
  );
}

/** Deletes after the name was typed, then goes back to the list. Loaded when first opened. */
export function DeleteDialog(props: OperationProps) {
  return props.opened === false ? null : (
    <Suspense fallback={null}>
      <Delete {...props} />
    </Suspense>
  );
}

/** Switches the update strategy to OnDelete and back, after a question. Loaded when first opened. */
export function PauseDialog(props: PauseDialogProps) {
  return (
    <Suspense fallback={null}>
      <Pause {...props} />
    </Suspense>
  );
}
