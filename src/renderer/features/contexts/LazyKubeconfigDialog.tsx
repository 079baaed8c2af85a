import { pagePart } from '../../components/page-part.tsx';

/** "Open a kubeconfig", loaded when first opened, or before. */
export const { Part: LazyKubeconfigDialog, prepare: prepareKubeconfigDialog } = pagePart(
  async () => (await import('./KubeconfigDialog.tsx')).KubeconfigDialog,
  null,
);
