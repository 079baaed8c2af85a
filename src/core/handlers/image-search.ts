import type { ImageSearch } from '../services/image-search.ts';
import { callSignal, os } from './os.ts';

export function imageSearchHandlers(images: ImageSearch) {
  return {
    repositories: os.imageSearch.repositories.handler(({ input, signal, context }) =>
      images.repositories(input, callSignal(signal, context)),
    ),
    tags: os.imageSearch.tags.handler(({ input, signal, context }) => images.tags(input, callSignal(signal, context))),
    settings: os.imageSearch.settings.handler(() => ({ enabled: images.enabled() })),
    setEnabled: os.imageSearch.setEnabled.handler(({ input }) => images.setEnabled(input.enabled)),
  };
}
