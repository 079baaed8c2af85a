import type { DraftStore } from '../services/draft-store.ts';
import { os } from './os.ts';

export function draftsHandlers(drafts: DraftStore) {
  return {
    save: os.drafts.save.handler(({ input, context }) => drafts.save(input, context.session)),
    list: os.drafts.list.handler(({ context }) => drafts.list(context.session)),
    read: os.drafts.read.handler(({ input, context }) => drafts.read(input.draftId, context.session)),
    remove: os.drafts.remove.handler(({ input }) => drafts.remove(input.draftId)),
  };
}
