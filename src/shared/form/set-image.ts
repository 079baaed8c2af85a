import { isJsonObject } from '../manifest/json-value.ts';
import type { JsonObject } from '../manifest/json-value.ts';
import type { ManifestEdit } from '../manifest/manifest-edit.ts';
import { isImageTag, parseImageReference } from '../kubernetes/image-reference.ts';
import { CHANGE_CAUSE } from '../kubernetes/change-cause.ts';
import { imageField, joinImage, splitImage } from './fields/container-fields.ts';
import { containersOf } from './fields/containers.ts';
import { writeField } from './field.ts';
import { editForm, openForm } from './open-form.ts';

/** Which container gets which image; what is missing stays as it is. ":4" is a tag alone: each object keeps its own repository. */
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
  const entries = containersOf(form).flatMap(({ name, path, image }) => {
    const after = wantedImage(image, Object.hasOwn(wanted, name) ? (wanted[name] ?? '') : '');
    return after === image ? [] : [{ name, path, image, after }];
  });
  const changes = entries.map(({ name, image, after }) => ({ container: name, before: image, after }));
  if (changes.length === 0) return { ok: true, text: objectText, changes };
  const edits = entries.flatMap(({ path, after }) => writeField(form, imageField(path), after));
  const edited = editForm(form, [...edits, ...causeEdits(form.manifest, changeCause.trim())]);
  if (!edited.ok) return { ok: false, why: edited.problem.message };
  return { ok: true, text: edited.form.text, changes };
}

/** What an image becomes: what is wanted, or itself with another tag, in place of a digest too. */
function wantedImage(image: string, wanted: string): string {
  if (wanted === '') return image;
  return wanted.startsWith(':')
    ? joinImage({ repository: splitImage(image).repository, tag: wanted.slice(1) })
    : wanted;
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
  if (image.startsWith(':')) return isImageTag(image.slice(1)) ? undefined : 'No node can pull this image: not a tag.';
  const parsed = parseImageReference(image);
  return parsed.ok ? undefined : `No node can pull this image: ${parsed.why}.`;
}
