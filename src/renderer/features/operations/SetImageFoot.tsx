import { Button } from '@mantine/core';
import { notify } from '../../stores/notices.ts';
import { batchWords } from './batch-words.ts';
import classes from './SetImageDialog.module.css';
import { type OperationTarget, targetId } from './target.ts';
import type { SetImage } from './use-set-image.ts';

export interface SetImageFootProps {
  readonly set: SetImage;
  readonly targets: readonly OperationTarget[];
  /** At least one image is typed, and all can be pulled. */
  readonly isReady: boolean;
  readonly onPreview: () => void;
  readonly onClose: () => void;
}

/** First the dry runs that say what the images would do, then the change of what they took. */
export function SetImageFoot({ set, targets, isReady, onPreview, onClose }: SetImageFootProps) {
  const { preview, saved } = set;
  const changing = targets.map(targetId).filter((id) => (preview.resultOf(id)?.changes.length ?? 0) > 0);
  const left = changing.filter((id) => saved.itemOf(id)?.phase !== 'done');
  const running = saved.isRunning ? saved : preview.isRunning ? preview : undefined;
  const save = async () => {
    await set.save();
    const { done, failed } = saved.counts();
    const isWhole = failed === 0 && saved.counts().notSent === 0;
    const title = `Image set on ${done} of ${changing.length === 1 ? '1 DaemonSet' : `${changing.length} DaemonSets`}`;
    const message = isWhole ? '' : batchWords(saved, 'done');
    notify({ title, message, tone: isWhole ? 'good' : 'warn' });
    if (isWhole && preview.counts().failed === 0) onClose();
  };
  return (
    <div className={classes.foot}>
      <span role="status">{batchWords(saved, 'done') || batchWords(preview, 'checked')}</span>
      {running ? (
        <Button onClick={() => running.stop()}>Stop</Button>
      ) : (
        <Button onClick={onClose}>{saved.counts().done > 0 ? 'Close' : 'Cancel'}</Button>
      )}
      <Button disabled={!isReady} loading={preview.isRunning} onClick={onPreview}>
        Preview
      </Button>
      <Button
        variant="filled"
        disabled={left.length === 0 || preview.isRunning}
        loading={saved.isRunning}
        onClick={() => void save()}
      >
        Set image
      </Button>
    </div>
  );
}
