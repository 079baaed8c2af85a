import type { FunctionComponent } from 'react';
import { pagePart } from '../../components/page-part.tsx';
import type { OperationProps } from './operation-props.ts';

// Each is loaded when it is first opened.

const { Part: Redeploy, prepare: prepareRedeploy } = pagePart(
  async () => (await import('./RedeployDialog.tsx')).RedeployDialog,
  null,
);

/** `kubectl rollout restart`, after a question. */
export function RedeployDialog(props: OperationProps) {
  return props.opened === false ? null : <Redeploy {...props} />;
}

const { Part: Delete, prepare: prepareDelete } = pagePart(
  async () => (await import('./DeleteDialog.tsx')).DeleteDialog,
  null,
);

/** Deletes after the name was typed, then goes back to the list. */
export function DeleteDialog(props: OperationProps) {
  return props.opened === false ? null : <Delete {...props} />;
}

/** Puts the template of an earlier revision back, after a look at what changes. */
export const RollbackDialog = part(async () => (await import('./RollbackDialog.tsx')).RollbackDialog);

/** How many old revisions are kept. */
export const HistoryLimitDialog = part(async () => (await import('./HistoryLimitDialog.tsx')).HistoryLimitDialog);

/** Two revisions side by side. */
export const CompareDialog = part(async () => (await import('./CompareDialog.tsx')).CompareDialog);

/** Switches the update strategy to OnDelete and back, after a question. */
export const PauseDialog = part(async () => (await import('./PauseDialog.tsx')).PauseDialog);

/** Old pods deleted in waves under OnDelete, after a preview. */
export const StagedRolloutDialog = part(async () => (await import('./StagedRolloutDialog.tsx')).StagedRolloutDialog);

/** Images of one or many DaemonSets, with a preview of each. */
export const SetImageDialog = part(async () => (await import('./SetImageDialog.tsx')).SetImageDialog);

/** `kubectl rollout restart` of several, after a question. */
export const RedeployManyDialog = part(async () => (await import('./RedeployManyDialog.tsx')).RedeployManyDialog);

/** Makes a deleted DaemonSet anew from its manifest as it was. */
export const CreateAgainDialog = part(async () => (await import('./CreateAgainDialog.tsx')).CreateAgainDialog);

/** Pauses or resumes several, after a question. */
export const PauseManyDialog = part(async () => (await import('./PauseManyDialog.tsx')).PauseManyDialog);

/** Rolls several back to the revision before, after a dry run of each. */
export const RollbackManyDialog = part(async () => (await import('./RollbackManyDialog.tsx')).RollbackManyDialog);

/** Deletes several after their number was typed. */
export const DeleteManyDialog = part(async () => (await import('./DeleteManyDialog.tsx')).DeleteManyDialog);

/** The two that only ask, and with them what every dialog is made of. */
export function prepareDialogs(): void {
  prepareRedeploy();
  prepareDelete();
}

function part<Props extends object>(load: () => Promise<FunctionComponent<Props>>): FunctionComponent<Props> {
  return pagePart(load, null).Part;
}
