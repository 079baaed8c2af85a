import { readConfigMap, readSecretKeys, readSecretValue } from '../services/config-reads.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { callSignal, os } from './os.ts';

export function configHandlers(findCluster: FindCluster) {
  return {
    configMap: os.config.configMap.handler(({ input, signal, context }) =>
      readConfigMap(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    secretKeys: os.config.secretKeys.handler(({ input, signal, context }) =>
      readSecretKeys(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    secretValue: os.config.secretValue.handler(({ input, signal, context }) =>
      readSecretValue(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
  };
}
