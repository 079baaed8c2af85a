import { Loader, Modal, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type WantedImages, imageProblem } from '../../../shared/form/set-image.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { KubectlText } from '../../components/KubectlText.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import { useOffers } from '../form/index.ts';
import { AlsoIn } from './AlsoIn.tsx';
import { ImageChoice } from './ImageChoice.tsx';
import { SetImageFoot } from './SetImageFoot.tsx';
import { ObjectTable } from './ObjectTable.tsx';
import classes from './SetImageDialog.module.css';
import { changeCausesIn, commonImage, containerChoices, imageLine, setImageCommands } from './set-image-model.ts';
import { type OperationTarget, targetId, targetsWords } from './target.ts';
import { type SetImage, useSetImage } from './use-set-image.ts';

export interface SetImageDialogProps {
  /** At least one, all of one context. */
  readonly targets: readonly OperationTarget[];
  readonly onClose: () => void;
}

/** Another image for one or many DaemonSets, also of other open clusters: a preview of each, then the change of each. */
export function SetImageDialog({ targets: chosen, onClose }: SetImageDialogProps) {
  useFocusReturn();
  const [contexts, setContexts] = useState<readonly string[]>([]);
  const [wanted, setWanted] = useState<WantedImages>({});
  const [changeCause, setChangeCause] = useState('');
  const targets = useMemo(() => withContexts(chosen, contexts), [chosen, contexts]);
  const set = useSetImage(targets);
  const isBusy = set.preview.isRunning || set.saved.isRunning;
  const contextName = chosen[0]?.contextName ?? '';
  const close = () => {
    set.preview.stop();
    set.saved.stop();
    onClose();
  };
  const change = (next: () => void) => {
    next();
    set.forget();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={`Set image of ${targetsWords(chosen)}`}
      size="min(860px, 94vw)"
      closeOnClickOutside={false}
    >
      <div className={classes.stack}>
        <Images
          set={set}
          targets={targets}
          wanted={wanted}
          disabled={isBusy}
          onChange={(container, image) => change(() => setWanted({ ...wanted, [container]: image }))}
        />
        <AlsoIn
          contextName={contextName}
          namespaces={[...new Set(chosen.map(({ namespace }) => namespace))]}
          chosen={contexts}
          disabled={isBusy}
          onChange={(next) => change(() => setContexts(next))}
        />
        <ChangeCause
          set={set}
          targets={targets}
          value={changeCause}
          disabled={isBusy}
          onChange={(text) => change(() => setChangeCause(text))}
        />
        <Outcomes
          set={set}
          targets={targets}
          changeCause={changeCause.trim()}
          onCheck={(id) => void set.check(wanted, changeCause, id)}
        />
        <SetImageFoot
          set={set}
          targets={targets}
          isReady={isReady(wanted)}
          onPreview={() => void set.check(wanted, changeCause)}
          onClose={onClose}
        />
      </div>
    </Modal>
  );
}

function isReady(wanted: WantedImages): boolean {
  const typed = Object.values(wanted).filter((image) => image !== '');
  return typed.length > 0 && typed.every((image) => imageProblem(image) === undefined);
}

function withContexts(chosen: readonly OperationTarget[], contexts: readonly string[]): readonly OperationTarget[] {
  const others = contexts.flatMap((contextName) =>
    chosen.map(({ namespace, name }): OperationTarget => ({ contextName, namespace, name })),
  );
  return [...chosen, ...others];
}

function textsOf(set: SetImage, targets: readonly OperationTarget[]): readonly string[] {
  return targets.flatMap((target) => set.opened.resultOf(targetId(target)) ?? []);
}

interface ImagesProps {
  readonly set: SetImage;
  readonly targets: readonly OperationTarget[];
  readonly wanted: WantedImages;
  readonly disabled: boolean;
  readonly onChange: (container: string, image: string) => void;
}

function Images({ set, targets, wanted, disabled, onChange }: ImagesProps) {
  const texts = textsOf(set, targets);
  const read = texts.length;
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- what was read is not read again
  const choices = useMemo(() => containerChoices(texts), [read, set.opened]);
  const [first] = targets;
  const place = { contextName: first?.contextName ?? '', namespace: first?.namespace ?? '' };
  const offered = useOffers(`${place.contextName}/${place.namespace}`, (client, signal) =>
    client.offers.images(place, { signal }),
  );
  const failed = targets.map((target) => set.opened.itemOf(targetId(target))).find((item) => item?.phase === 'failed');
  if (read === 0 && failed?.phase === 'failed')
    return <ErrorPanel title="The images cannot be read" error={failed.error} />;
  if (choices.length === 0) return <Loader aria-label="Reading the images" />;
  return (
    <div className={classes.choices}>
      {choices.map((choice) => (
        <ImageChoice
          key={choice.container}
          choice={choice}
          objects={targets.length}
          value={wanted[choice.container] ?? commonImage(choice.images)}
          offered={[...new Set(offered.items.map(({ image }) => image))]}
          place={place}
          disabled={disabled}
          onChange={(image) => onChange(choice.container, image)}
        />
      ))}
    </div>
  );
}

interface ChangeCauseProps extends Pick<ImagesProps, 'set' | 'targets' | 'disabled'> {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function ChangeCause({ set, targets, value, disabled, onChange }: ChangeCauseProps) {
  const kept = changeCausesIn(textsOf(set, targets));
  const words =
    kept.length === 0
      ? 'The annotation kubernetes.io/change-cause, kept with the revision. Written only when you type one.'
      : `Without another one the new revision keeps ${kept.map((cause) => `“${cause}”`).join(', ')}.`;
  return (
    <TextInput
      size="xs"
      label="Change cause (optional)"
      description={words}
      inputWrapperOrder={['label', 'input', 'description']}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface OutcomesProps extends Pick<ImagesProps, 'set' | 'targets'> {
  readonly changeCause: string;
  /** Previews one again. */
  readonly onCheck: (id: string) => void;
}

function Outcomes({ set, targets, changeCause, onCheck }: OutcomesProps) {
  const several = new Set(targets.map(({ contextName }) => contextName)).size > 1;
  const lines = targets.map((target) => {
    const id = targetId(target);
    const saved = set.saved.itemOf(id);
    const again = () => (saved === undefined ? onCheck(id) : void set.save(id));
    const onAgain = set.preview.isRunning || set.saved.isRunning ? undefined : again;
    return imageLine({ target, preview: set.preview.itemOf(id), saved, several, onAgain });
  });
  const changing = targets.map((target) => ({
    target,
    changes: set.preview.resultOf(targetId(target))?.changes ?? [],
  }));
  const kubectl = setImageCommands(changing, changeCause);
  if (lines.every(({ outcome }) => outcome === '')) return null;
  return (
    <>
      <ObjectTable label="What changes" lines={lines} />
      {kubectl !== '' && (
        <div>
          <span className={classes.label}>The same with kubectl</span>
          <KubectlText className={classes.kubectl} text={kubectl} />
        </div>
      )}
    </>
  );
}
