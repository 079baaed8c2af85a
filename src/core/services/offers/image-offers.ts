import type { ImageOffer } from '../../../shared/contract/offers.ts';
import { at, records, text } from '../../../shared/kubernetes/json-fields.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { readManifest } from '../../../shared/manifest/read-manifest.ts';

/** Images of DaemonSets and of drafts, the most used first. A draft that cannot be read as one DaemonSet names none. */
export function imageOffers(
  daemonSets: readonly Pick<DaemonSetRow, 'images'>[],
  draftTexts: readonly string[],
): readonly ImageOffer[] {
  const offers = new Map<string, ImageOffer>();
  const count = (images: readonly string[], by: 'daemonSets' | 'drafts') => {
    for (const image of new Set(images)) {
      const offer = offers.get(image) ?? { image, daemonSets: 0, drafts: 0 };
      offers.set(image, { ...offer, [by]: offer[by] + 1 });
    }
  };
  for (const { images } of daemonSets) count(images, 'daemonSets');
  for (const draft of draftTexts) count(imagesOf(draft), 'drafts');
  return [...offers.values()].toSorted(
    (a, b) => b.daemonSets - a.daemonSets || b.drafts - a.drafts || (a.image < b.image ? -1 : 1),
  );
}

function imagesOf(draft: string): readonly string[] {
  const read = readManifest(draft);
  if (!read.ok) return [];
  const podSpec = at(read.manifest, 'spec', 'template', 'spec');
  return [...records(at(podSpec, 'containers')), ...records(at(podSpec, 'initContainers'))]
    .map((container) => text(container['image']))
    .filter((image) => image !== '');
}
