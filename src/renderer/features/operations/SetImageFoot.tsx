import { Button } from '@mantine/core';
import { notify } from '../../stores/notices.ts';
import { batchWords, type LeftOut } from './batch-words.ts';
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
  const leftOut = unchangedOf(set, targets);
  const save = async () => {
    await set.save();
    const isWhole = saved.counts().done === changing.length;
    // The open dialog says itself what did not go well.
    if (isWhole || set.isGone.current) {
      notify({ title: `Set image: ${batchWords(saved, 'done', leftOut)}`, tone: isWhole ? 'good' : 'warn' });
    }
    if (isWhole && preview.counts().failed === 0) onClose();
  };
  return (
    <div className={classes.foot}>
      <span role="status">
        {batchWords(saved, 'done', leftOut) || batchWords(preview, 'checked')}
        {saved.isRunning && '. Closing stops what is not sent; what was sent goes on.'}
      </span>
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

/** What has the images already stands in no batch of changes, but was chosen too. */
function unchangedOf({ preview }: SetImage, targets: readonly OperationTarget[]): LeftOut {
  const count = targets.filter((target) => preview.resultOf(targetId(target))?.changes.length === 0).length;
  return { count, why: count === 1 ? 'has nothing to change' : 'have nothing to change' };
}
