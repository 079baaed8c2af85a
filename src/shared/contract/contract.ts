import { appContract } from './app.ts';
import { accessContract, clusterContract } from './cluster.ts';
import { contextContract, demoContract, kubeconfigContract } from './context.ts';
import { daemonSetContract } from './daemonset.ts';
import { logContract, streamContract } from './log.ts';
import { offersContract } from './offers.ts';
import { podContract } from './pod.ts';

/** Everything a page can ask of the core. */
export const contract = {
  app: appContract,
  context: contextContract,
  kubeconfig: kubeconfigContract,
  demo: demoContract,
  cluster: clusterContract,
  access: accessContract,
  daemonSet: daemonSetContract,
  offers: offersContract,
  pod: podContract,
  log: logContract,
  stream: streamContract,
};
export type Contract = typeof contract;
