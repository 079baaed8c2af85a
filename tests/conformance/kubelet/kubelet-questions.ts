import { KUBELET_EXEC } from '../cases/kubelet-exec.ts';
import { KUBELET_LOGS } from '../cases/kubelet-logs.ts';
import { KUBELET_ENDS, KUBELET_PROBES } from '../cases/kubelet-probes.ts';
import { KUBELET_STATES } from '../cases/kubelet-states.ts';
import type { KubeletQuestions } from './kubelet-question.ts';

/** Asked of real nodes and of the demo cluster. */
export const ASKED_OF_BOTH: readonly KubeletQuestions[] = [KUBELET_LOGS, KUBELET_STATES, KUBELET_EXEC];

/** The demo cluster has no failing probe and no words of a program: real nodes alone know. */
export const ASKED_OF_REAL_NODES: readonly KubeletQuestions[] = [KUBELET_PROBES, KUBELET_ENDS];
