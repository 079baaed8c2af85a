import { isJsonObject } from '../manifest/json-value.ts';
import type { JsonObject } from '../manifest/json-value.ts';
import type { ManifestEdit } from '../manifest/manifest-edit.ts';
import { parseImageReference } from '../kubernetes/image-reference.ts';
import { CHANGE_CAUSE } from '../kubernetes/change-cause.ts';
import { imageField } from './fields/container-fields.ts';
import { containersOf } from './fields/containers.ts';
import { writeField } from './field.ts';
import { editForm, openForm } from './open-form.ts';

/** Which container gets which image; what is missing stays as it is. */
export type WantedImages = Readonly<Record<string, string>>;

export interface ImageChange {
  readonly container: string;
  readonly before: string;
  readonly after: string;
}

/** An object with its new images; `changes` is empty when it has them already. */
export interface ImagesSet {
  readonly text: string;
  readonly changes: readonly ImageChange[];
}

export type SetImages = ({ readonly ok: true } & ImagesSet) | { readonly ok: false; readonly why: string };

/**
 * Gives the containers of that name their images and touches nothing else: a container's name stays, though in a new
 * manifest it follows its image. `changeCause` is written only together with an image.
 */
export function setImages(objectText: string, wanted: WantedImages, changeCause = ''): SetImages {
  const opened = openForm(objectText);
  if (!opened.ok) return { ok: false, why: `line ${opened.refusal.line}: ${opened.refusal.message}` };
  const { form } = opened;
  const entries = containersOf(form).filter(({ name, image }) => {
    const after = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    return after !== undefined && after !== '' && after !== image;
  });
  const changes = entries.map(({ name, image }) => ({ container: name, before: image, after: wanted[name] ?? image }));
  if (changes.length === 0) return { ok: true, text: objectText, changes };
  const edits = entries.flatMap(({ name, path }) => writeField(form, imageField(path), wanted[name]));
  const edited = editForm(form, [...edits, ...causeEdits(form.manifest, changeCause.trim())]);
  if (!edited.ok) return { ok: false, why: edited.problem.message };
  return { ok: true, text: edited.form.text, changes };
}

function causeEdits(manifest: JsonObject, cause: string): readonly ManifestEdit[] {
  if (cause === '' || !isJsonObject(manifest['metadata'])) return [];
  return [{ op: 'set', path: ['metadata', 'annotations', CHANGE_CAUSE], value: cause }];
}

/** The images of an object by container, init containers first; none when it cannot be read. */
export function imagesIn(objectText: string): readonly { readonly container: string; readonly image: string }[] {
  const opened = openForm(objectText);
  if (!opened.ok) return [];
  return containersOf(opened.form).map(({ name, image }) => ({ container: name, image }));
}

/** What is wrong with an image that was typed: the server takes any text, and the nodes then say InvalidImageName. */
export function imageProblem(image: string): string | undefined {
  const parsed = parseImageReference(image);
  return parsed.ok ? undefined : `No node can pull this image: ${parsed.why}.`;
}
