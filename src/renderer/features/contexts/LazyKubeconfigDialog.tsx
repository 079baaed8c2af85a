import { Suspense, lazy } from 'react';
import type { KubeconfigDialogProps } from './KubeconfigDialog.tsx';

const Dialog = lazy(async () => ({ default: (await import('./KubeconfigDialog.tsx')).KubeconfigDialog }));

/** "Open a kubeconfig", loaded when first opened. */
export function LazyKubeconfigDialog(props: KubeconfigDialogProps) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  );
}
