import { useEffect, useState } from 'react';
import type { SaveOutcome } from '../../../shared/contract/daemonset.ts';
import type { ObjectRef } from '../../../shared/kubernetes/object.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type WantedImages, setImages } from '../../../shared/form/set-image.ts';
import type { Batch, BatchAct } from '../../live/batch.ts';
import type { Client } from '../../live/client.ts';
import { useServices } from '../../live/services.ts';
import { useBatch } from '../../live/use-batch.ts';
import { type PreviewedObject, hasImagesOf, impactOf, uidOf } from './set-image-model.ts';
import { type OperationTarget, targetId } from './target.ts';
import { useStopAtEnd } from './use-many.ts';

export interface SetImage {
  /** The objects as they are read at first, for the images that they have. */
  readonly opened: Batch<string>;
  readonly preview: Batch<PreviewedObject>;
  readonly saved: Batch<SaveOutcome>;
  /** Reads each object anew and dry-runs its new images; of one, by its id, alone. */
  readonly check: (wanted: WantedImages, changeCause: string, only?: string) => Promise<void>;
  /** Stores what the preview showed, of all or of one; what is stored already is not sent again. */
  readonly save: (only?: string) => Promise<void>;
  /** The dialog is gone: what goes wrong now has no other place than a notice. */
  readonly isGone: { readonly current: boolean };
  /** What was typed has changed: the preview is of something else. */
  readonly forget: () => void;
}

/** Sets images of several DaemonSets by the save path of every edit: a patch that tests what it replaces. */
export function useSetImage(targets: readonly OperationTarget[]): SetImage {
  const { client } = useServices();
  const opened = useBatch<string>();
  const preview = useBatch<PreviewedObject>();
  const saved = useBatch<SaveOutcome>();
  useStopAtEnd(preview);
  const isGone = useStopAtEnd(saved);
  const [byId] = useState(() => new Map<string, OperationTarget>());
  for (const target of targets) byId.set(targetId(target), target);
  const ids = targets.map(targetId);
  const refOf = (id: string) => {
    const { contextName, namespace, name } = byId.get(id) ?? { contextName: '', namespace: '', name: '' };
    return { contextName, namespace, name };
  };
  const read = async (id: string) => (await client.daemonSet.read(refOf(id))).jsonText;
  const key = ids.join('\n');
  useEffect(() => {
    const unread = key.split('\n').filter((id) => opened.itemOf(id) === undefined);
    if (unread.length > 0) void opened.run(unread, { perform: read });
    // The key names all that is read.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, opened.isRunning]);
  const dryRun = async (id: string, wanted: WantedImages, changeCause: string): Promise<PreviewedObject> => {
    const beforeText = await read(id);
    // Of a row that was chosen it is that very object; of another cluster, whichever has the name.
    const uid = byId.get(id)?.row?.uid ?? uidOf(beforeText);
    const set = setImages(beforeText, wanted, changeCause);
    if (!set.ok) throw new AppError({ reason: 'ManifestSyntax', message: `This object cannot be edited: ${set.why}.` });
    const { text: afterText, changes } = set;
    if (changes.length === 0) return { uid, beforeText, afterText, changes, impact: '' };
    const outcome = await client.daemonSet.save({ ...refOf(id), uid, beforeText, afterText, dryRun: true });
    return { uid, beforeText, afterText, changes, impact: impactOf(beforeText, outcome) };
  };
  return {
    opened,
    preview,
    saved,
    isGone,
    check: async (wanted, changeCause, only) => {
      if (only === undefined) {
        preview.clear();
        saved.clear('undone');
      }
      const left = ids.filter((id) => saved.itemOf(id)?.phase !== 'done');
      await preview.run(only === undefined ? left : [only], { perform: (id) => dryRun(id, wanted, changeCause) });
    },
    save: (only) => {
      const changing = ids.filter((id) => (preview.resultOf(id)?.changes.length ?? 0) > 0);
      return saved.run(only === undefined ? changing : [only], saveAct({ client, preview, refOf, read }));
    },
    forget: () => preview.clear(),
  };
}

interface SaveParts {
  readonly client: Client;
  readonly preview: Batch<PreviewedObject>;
  readonly refOf: (id: string) => ObjectRef;
  readonly read: (id: string) => Promise<string>;
}

/** Stores what was previewed; one of unknown outcome is read first, and has all its images or is sent again. */
function saveAct({ client, preview, refOf, read }: SaveParts): BatchAct<SaveOutcome> {
  const previewOf = (id: string): PreviewedObject => {
    const checked = preview.resultOf(id);
    if (checked === undefined) throw new TypeError(`${id} has no preview`);
    return checked;
  };
  return {
    perform: (id) => {
      const { uid, beforeText, afterText } = previewOf(id);
      return client.daemonSet.save({ ...refOf(id), uid, beforeText, afterText, dryRun: false });
    },
    lookBack: async (id) => {
      const { uid, afterText } = previewOf(id);
      const now = await read(id);
      const isSet = uidOf(now) === uid && hasImagesOf(now, afterText);
      return isSet ? { uid, warnings: [], kubectl: '', changed: [], restarts: true } : undefined;
    },
  };
}
