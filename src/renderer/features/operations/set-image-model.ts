import type { SaveOutcome } from '../../../shared/contract/daemonset.ts';
import { type ImageChange, imagesIn } from '../../../shared/form/set-image.ts';
import { impactWords } from '../../../shared/form/impact.ts';
import { CHANGE_CAUSE } from '../../../shared/kubernetes/change-cause.ts';
import { at, text } from '../../../shared/kubernetes/json-fields.ts';
import { toDaemonSetRow } from '../../../shared/kubernetes/daemonset-row.ts';
import type { BatchItem } from '../../live/batch.ts';
import { kubectlCommand } from './kubectl-command.ts';
import type { ObjectLine } from './ObjectTable.tsx';
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

export function uidOf(objectText: string): string {
  return text(at(JSON.parse(objectText), 'metadata', 'uid'));
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
}

/** What the table says of one object. */
export function imageLine({ target, preview, saved, several }: ImageLine): ObjectLine {
  const { contextName, namespace, name } = target;
  const place = several ? `${contextName} · ${namespace}` : namespace;
  const previewed = preview?.phase === 'done' ? preview.result : undefined;
  const what = (previewed?.changes ?? []).map(({ container, before, after }) => `${container}: ${before} → ${after}`);
  return { id: targetId(target), name, place, what, ...outcomeOf(previewed, preview, saved) };
}

function outcomeOf(
  previewed: PreviewedObject | undefined,
  preview: ImageLine['preview'],
  saved: ImageLine['saved'],
): Pick<ObjectLine, 'outcome' | 'tone'> {
  if (saved?.phase === 'done') return { outcome: 'Image set', tone: 'good' };
  const shown = saved ?? preview;
  switch (shown?.phase) {
    case 'failed':
      return { outcome: failureWords(shown.error), tone: 'bad' };
    case 'running':
      return { outcome: saved === undefined ? 'Asking the server…' : 'Setting…', tone: 'info' };
    case 'waiting':
      return { outcome: 'Waiting', tone: 'quiet' };
    case 'notSent':
      return { outcome: 'Not sent', tone: 'warn' };
    case 'done':
    case undefined:
      if (previewed === undefined) return { outcome: '', tone: 'quiet' };
      return { outcome: previewed.changes.length === 0 ? 'Nothing to change' : previewed.impact, tone: 'quiet' };
  }
}

/** The message with what it is about, field by field. */
export function failureWords(error: {
  readonly message: string;
  readonly causes?: readonly { path: string; message: string }[];
}): string {
  const causes = (error.causes ?? []).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return [error.message, ...causes].join(' ');
}

const MOST_COMMANDS = 20;

/** `kubectl set image`, one line for each object that changes. */
export function setImageCommands(
  objects: readonly { readonly target: OperationTarget; readonly changes: readonly ImageChange[] }[],
  changeCause: string,
): string {
  const lines = objects
    .filter(({ changes }) => changes.length > 0)
    .map(({ target, changes }) => {
      const object = `daemonset/${target.name}`;
      const set = kubectlCommand(target, 'set', 'image', object, ...changes.map((c) => `${c.container}=${c.after}`));
      if (changeCause === '') return set;
      return `${set} && ${kubectlCommand(target, 'annotate', '--overwrite', object, `${CHANGE_CAUSE}=${changeCause}`)}`;
    });
  const more = lines.length - MOST_COMMANDS;
  return [...lines.slice(0, MOST_COMMANDS), ...(more > 0 ? [`# and ${more} more like these`] : [])].join('\n');
}
