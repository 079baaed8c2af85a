import type { ComponentType } from 'react';
import type { PodView } from '../../../shared/contract/pod.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';

export interface PodTabProps {
  readonly contextName: string;
  readonly view: PodView;
  readonly row: PodRow;
  /** Whose log is shown. */
  readonly container?: string | undefined;
  /** `previous`: the log begins with the run before the present one. */
  readonly run?: string | undefined;
}

export interface PodTab {
  /** In the URL. */
  readonly value: string;
  readonly label: string;
  readonly Panel: ComponentType<PodTabProps>;
}
