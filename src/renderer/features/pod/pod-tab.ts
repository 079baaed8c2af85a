import type { ComponentType } from 'react';
import type { PodView } from '../../../shared/contract/pod.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';

export interface PodTabProps {
  readonly contextName: string;
  readonly view: PodView;
  readonly row: PodRow;
}

export interface PodTab {
  /** In the URL. */
  readonly value: string;
  readonly label: string;
  readonly Panel: ComponentType<PodTabProps>;
}
