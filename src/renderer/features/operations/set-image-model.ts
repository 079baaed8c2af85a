import type { SaveOutcome } from '../../../shared/contract/daemonset.ts';
import { splitImage } from '../../../shared/form/fields/container-fields.ts';
import { type ImageChange, imagesIn } from '../../../shared/form/set-image.ts';
import { impactWords } from '../../../shared/form/impact.ts';
import { CHANGE_CAUSE } from '../../../shared/kubernetes/change-cause.ts';
import { at, text } from '../../../shared/kubernetes/json-fields.ts';
import { kubectlLines, setImageLine } from '../../../shared/kubernetes/kubectl.ts';
import { toDaemonSetRow } from '../../../shared/kubernetes/daemonset-row.ts';
import type { BatchItem } from '../../live/batch.ts';
import { againWords, type ObjectLine, undoneOutcome } from './object-line.ts';
import { type OperationTarget, targetId } from './target.ts';

/** A container by its name, in all the objects that have it. */
export interface ContainerChoice {
  readonly container: string;
  /** Distinct, in order of the objects. */
  readonly images: readonly string[];
  readonly objects: number;
}

/** What the dry run said of one object with its new images. */
export interface PreviewedObject {
  readonly uid: string;
  readonly beforeText: string;
  readonly afterText: string;
  readonly changes: readonly ImageChange[];
  /** "Restarts 24 pods, 1 at a time." */
  readonly impact: string;
}

/** The containers of several objects by name, in order of their first appearance. */
export function containerChoices(objectTexts: readonly string[]): readonly ContainerChoice[] {
  const choices = new Map<string, { images: Set<string>; objects: number }>();
  for (const { container, image } of objectTexts.flatMap(imagesIn)) {
    const choice = choices.get(container) ?? { images: new Set<string>(), objects: 0 };
    choice.images.add(image);
    choice.objects += 1;
    choices.set(container, choice);
  }
  return [...choices].map(([container, { images, objects }]) => ({ container, images: [...images], objects }));
}

/** What all have in common: the image, else its repository, so that a tag is all that has to be typed; else empty. */
export function commonImage(images: readonly string[]): string {
  const [first] = images;
  if (first !== undefined && images.length === 1) return first;
  const [repository = '', ...others] = new Set(images.map((image) => splitImage(image).repository));
  return others.length === 0 ? repository : '';
}

export function uidOf(objectText: string): string {
  return text(at(JSON.parse(objectText), 'metadata', 'uid'));
}

/** Whether an object has every image of another text of it. */
export function hasImagesOf(objectText: string, wantedText: string): boolean {
  const images = new Map(imagesIn(objectText).map(({ container, image }) => [container, image]));
  return imagesIn(wantedText).every(({ container, image }) => images.get(container) === image);
}

/** The change causes that the objects carry: without another one typed they stay, and the new revision is shown with them. */
export function changeCausesIn(objectTexts: readonly string[]): readonly string[] {
  const causes = objectTexts.map((each) => text(at(JSON.parse(each), 'metadata', 'annotations', CHANGE_CAUSE)));
  return [...new Set(causes)].filter((cause) => cause !== '');
}

export function impactOf(objectText: string, { restarts }: SaveOutcome): string {
  return impactWords(toDaemonSetRow(JSON.parse(objectText)), restarts);
}

export interface ImageLine {
  readonly target: OperationTarget;
  readonly preview: BatchItem<PreviewedObject> | undefined;
  readonly saved: BatchItem<SaveOutcome> | undefined;
  readonly several: boolean;
  /** Tries this one again, by itself: its preview, or what could not be saved. Absent while that cannot be. */
  readonly onAgain: (() => void) | undefined;
}

/** What the table says of one object. */
export function imageLine({ target, preview, saved, several, onAgain }: ImageLine): ObjectLine {
  const { contextName, namespace, name } = target;
  const place = several ? `${contextName} · ${namespace}` : namespace;
  const previewed = preview?.phase === 'done' ? preview.result : undefined;
  const what = (previewed?.changes ?? []).map(({ container, before, after }) => `${container}: ${before} → ${after}`);
  const words = againWords(saved ?? preview);
  const again = words !== undefined && onAgain !== undefined && { again: { words, run: onAgain } };
  return { id: targetId(target), name, place, what, ...outcomeOf(previewed, preview, saved), ...again };
}

function outcomeOf(
  previewed: PreviewedObject | undefined,
  preview: ImageLine['preview'],
  saved: ImageLine['saved'],
): Pick<ObjectLine, 'outcome' | 'tone' | 'detail'> {
  if (saved?.phase === 'done') {
    const { warnings } = saved.result;
    return warnings.length === 0
      ? { outcome: 'Image set', tone: 'good' }
      : { outcome: 'Image set', tone: 'warn', detail: warnings.join(' ') };
  }
  if (saved !== undefined) return undoneOutcome(saved, 'Setting…');
  if (preview !== undefined && preview.phase !== 'done') return undoneOutcome(preview, 'Asking the server…');
  if (previewed === undefined) return { outcome: '', tone: 'quiet' };
  return { outcome: previewed.changes.length === 0 ? 'Nothing to change' : previewed.impact, tone: 'quiet' };
}

/** `kubectl set image`, one line for each object that changes. */
export function setImageCommands(
  objects: readonly { readonly target: OperationTarget; readonly changes: readonly ImageChange[] }[],
  changeCause: string,
): string {
  const lines = objects
    .filter(({ changes }) => changes.length > 0)
    .map(({ target, changes }) => {
      const images = changes.map(({ container, after }) => `${container}=${after}`);
      return setImageLine(target, images, changeCause === '' ? undefined : changeCause);
    });
  return kubectlLines(lines);
}
