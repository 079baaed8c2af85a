import { ActionIcon, Autocomplete } from '@mantine/core';
import { joinImage, splitImage } from '../../../shared/form/fields/container-fields.ts';
import { imageProblem } from '../../../shared/form/set-image.ts';
import { useImageTags } from '../form/index.ts';
import classes from './SetImageDialog.module.css';
import { commonImage, type ContainerChoice } from './set-image-model.ts';

export interface ImageChoiceProps {
  readonly choice: ContainerChoice;
  readonly objects: number;
  /** The whole image, or empty for "as it is". */
  readonly value: string;
  readonly offered: readonly string[];
  readonly place: { readonly contextName: string; readonly namespace: string };
  readonly disabled: boolean;
  readonly onChange: (image: string) => void;
}

/** The new image of one container: what it is now, then repository and tag; where repositories differ, the tag alone. */
export function ImageChoice({ choice, objects, value, offered, place, disabled, onChange }: ImageChoiceProps) {
  const { container, images } = choice;
  const parts = splitImage(value);
  const tags = useImageTags(parts.repository, { ...place, pullSecret: undefined });
  const problem = value === '' ? undefined : imageProblem(value);
  const now = images.length === 1 ? images[0] : `${images.length} different images`;
  const write = (repository: string, tag: string) =>
    onChange(joinImage({ repository: repository.trim(), tag: tag.trim() }));
  const paste = (text: string) => {
    const { repository, tag } = splitImage(text);
    write(repository, tag === '' ? parts.tag : tag);
  };
  return (
    <fieldset className={classes.choice}>
      <legend>
        <strong>{container}</strong>{' '}
        <span className={classes.now} title={images.join('\n')}>
          {now}
          {objects > 1 && ` · in ${choice.objects} of ${objects}`}
        </span>
      </legend>
      <div className={classes.pair}>
        <Autocomplete
          size="xs"
          label="Image"
          aria-label={`Image of ${container}`}
          placeholder="as it is"
          data={[...offered]}
          limit={50}
          value={parts.repository}
          error={problem}
          disabled={disabled}
          onChange={paste}
          spellCheck={false}
        />
        <Autocomplete
          size="xs"
          label="Tag"
          aria-label={`Tag of ${container}`}
          placeholder={tagPlaceholder(choice, value)}
          data={[...tags.items]}
          limit={200}
          value={parts.tag}
          disabled={disabled}
          description={value.startsWith(':') ? 'Each keeps its own repository.' : tags.said}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(tag) => write(parts.repository, tag)}
          rightSection={
            <ActionIcon
              aria-label={`List the tags of the image of ${container}`}
              title="List its tags, as the registry has them"
              disabled={parts.repository === '' || tags.busy || disabled}
              onClick={tags.ask}
            >
              ⋯
            </ActionIcon>
          }
        />
      </div>
    </fieldset>
  );
}

/** Nothing typed means "latest", but where the tags that are there differ and stay. */
function tagPlaceholder({ images }: ContainerChoice, value: string): string {
  if (value === '') return '';
  return images.length > 1 && value === commonImage(images) ? 'they differ' : 'latest';
}
