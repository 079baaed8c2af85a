export { ContextGate } from './ContextGate.tsx';
export { ContextsPage } from './ContextsPage.tsx';
export { LazyKubeconfigDialog, prepareKubeconfigDialog } from './LazyKubeconfigDialog.tsx';
export type { KubeconfigWay } from './KubeconfigForm.tsx';
export { useStartDemo } from './use-start-demo.ts';
export { useSwitchContext } from './use-switch-context.ts';
