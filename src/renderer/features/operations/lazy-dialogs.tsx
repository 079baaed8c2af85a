import { Suspense, lazy } from 'react';
import type { CompareDialogProps } from './CompareDialog.tsx';
import type { CreateAgainProps } from './CreateAgainDialog.tsx';
import type { PauseDialogProps } from './PauseDialog.tsx';
import type { OperationProps } from './operation-props.ts';
import type { ManyProps } from './ManyDialog.tsx';
import type { PauseManyProps } from './PauseManyDialog.tsx';
import type { RollbackProps } from './RollbackDialog.tsx';
import type { SetImageDialogProps } from './SetImageDialog.tsx';

const Redeploy = lazy(async () => ({ default: (await import('./RedeployDialog.tsx')).RedeployDialog }));
const RedeployMany = lazy(async () => ({ default: (await import('./RedeployManyDialog.tsx')).RedeployManyDialog }));
const Rollback = lazy(async () => ({ default: (await import('./RollbackDialog.tsx')).RollbackDialog }));
const HistoryLimit = lazy(async () => ({ default: (await import('./HistoryLimitDialog.tsx')).HistoryLimitDialog }));
const Compare = lazy(async () => ({ default: (await import('./CompareDialog.tsx')).CompareDialog }));
const Pause = lazy(async () => ({ default: (await import('./PauseDialog.tsx')).PauseDialog }));
const Delete = lazy(async () => ({ default: (await import('./DeleteDialog.tsx')).DeleteDialog }));
const CreateAgain = lazy(async () => ({ default: (await import('./CreateAgainDialog.tsx')).CreateAgainDialog }));
const Staged = lazy(async () => ({ default: (await import('./StagedRolloutDialog.tsx')).StagedRolloutDialog }));
const PauseMany = lazy(async () => ({ default: (await import('./PauseManyDialog.tsx')).PauseManyDialog }));
const DeleteMany = lazy(async () => ({ default: (await import('./DeleteManyDialog.tsx')).DeleteManyDialog }));
const SetImage = lazy(async () => ({ default: (await import('./SetImageDialog.tsx')).SetImageDialog }));

/** `kubectl rollout restart`, after a question. Loaded when first opened. */
export function RedeployDialog(props: OperationProps) {
  return props.opened === false ? null : (
    <Suspense fallback={null}>
      <Redeploy {...props} />
    </Suspense>
  );
}

/** Deletes after the name was typed, then goes back to the list. Loaded when first opened. */
export function DeleteDialog(props: OperationProps) {
  return props.opened === false ? null : (
    <Suspense fallback={null}>
      <Delete {...props} />
    </Suspense>
  );
}

/** Puts the template of an earlier revision back, after a look at what changes. Loaded when first opened. */
export function RollbackDialog(props: RollbackProps) {
  return (
    <Suspense fallback={null}>
      <Rollback {...props} />
    </Suspense>
  );
}

/** How many old revisions are kept. Loaded when first opened. */
export function HistoryLimitDialog(props: OperationProps) {
  return (
    <Suspense fallback={null}>
      <HistoryLimit {...props} />
    </Suspense>
  );
}

/** Two revisions side by side. Loaded when first opened. */
export function CompareDialog(props: CompareDialogProps) {
  return (
    <Suspense fallback={null}>
      <Compare {...props} />
    </Suspense>
  );
}

/** Switches the update strategy to OnDelete and back, after a question. Loaded when first opened. */
export function PauseDialog(props: PauseDialogProps) {
  return (
    <Suspense fallback={null}>
      <Pause {...props} />
    </Suspense>
  );
}

/** Old pods deleted in waves under OnDelete, after a preview. Loaded when first opened. */
export function StagedRolloutDialog(props: OperationProps) {
  return (
    <Suspense fallback={null}>
      <Staged {...props} />
    </Suspense>
  );
}

/** Images of one or many DaemonSets, with a preview of each. Loaded when first opened. */
export function SetImageDialog(props: SetImageDialogProps) {
  return (
    <Suspense fallback={null}>
      <SetImage {...props} />
    </Suspense>
  );
}

/** `kubectl rollout restart` of several, after a question. Loaded when first opened. */
export function RedeployManyDialog(props: ManyProps) {
  return (
    <Suspense fallback={null}>
      <RedeployMany {...props} />
    </Suspense>
  );
}

/** Makes a deleted DaemonSet anew from its manifest as it was. Loaded when first opened. */
export function CreateAgainDialog(props: CreateAgainProps) {
  return (
    <Suspense fallback={null}>
      <CreateAgain {...props} />
    </Suspense>
  );
}

/** Pauses or resumes several, after a question. Loaded when first opened. */
export function PauseManyDialog(props: PauseManyProps) {
  return (
    <Suspense fallback={null}>
      <PauseMany {...props} />
    </Suspense>
  );
}

/** Deletes several after their number was typed. Loaded when first opened. */
export function DeleteManyDialog(props: ManyProps) {
  return (
    <Suspense fallback={null}>
      <DeleteMany {...props} />
    </Suspense>
  );
}
