import { Suspense, lazy } from 'react';
import type { PluginSettingsProps } from './PluginSettings.tsx';

const Dialog = lazy(async () => ({ default: (await import('./PluginSettings.tsx')).PluginSettings }));

/** Which programs may sign in, loaded when first opened. */
export function LazyPluginSettings(props: PluginSettingsProps) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  );
}
