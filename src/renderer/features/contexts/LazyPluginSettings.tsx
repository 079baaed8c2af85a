import { pagePart } from '../../components/page-part.tsx';

/** Which programs may sign in, loaded when first opened. */
export const { Part: LazyPluginSettings } = pagePart(
  async () => (await import('./PluginSettings.tsx')).PluginSettings,
  null,
);
