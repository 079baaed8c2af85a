import { Suspense, lazy } from 'react';
import type { OperationProps } from './RedeployDialog.tsx';

const Redeploy = lazy(async () => ({ default: (await import('./RedeployDialog.tsx')).RedeployDialog }));
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
