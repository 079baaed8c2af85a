import type { OffersService } from '../services/offers/offers.ts';
import { callSignal, os } from './os.ts';

export function offersHandlers(offers: OffersService) {
  return {
    namespaces: os.offers.namespaces.handler((call) =>
      offers.namespaces(call.input, callSignal(call.signal, call.context)),
    ),
    configMaps: os.offers.configMaps.handler((call) =>
      offers.configMaps(call.input, callSignal(call.signal, call.context)),
    ),
    configMapKeys: os.offers.configMapKeys.handler((call) =>
      offers.configMapKeys(call.input, callSignal(call.signal, call.context)),
    ),
    secrets: os.offers.secrets.handler((call) => offers.secrets(call.input, callSignal(call.signal, call.context))),
    secretKeys: os.offers.secretKeys.handler((call) =>
      offers.secretKeys(call.input, callSignal(call.signal, call.context)),
    ),
    persistentVolumeClaims: os.offers.persistentVolumeClaims.handler((call) =>
      offers.persistentVolumeClaims(call.input, callSignal(call.signal, call.context)),
    ),
    serviceAccounts: os.offers.serviceAccounts.handler((call) =>
      offers.serviceAccounts(call.input, callSignal(call.signal, call.context)),
    ),
    priorityClasses: os.offers.priorityClasses.handler((call) =>
      offers.priorityClasses(call.input, callSignal(call.signal, call.context)),
    ),
    runtimeClasses: os.offers.runtimeClasses.handler((call) =>
      offers.runtimeClasses(call.input, callSignal(call.signal, call.context)),
    ),
    limitRanges: os.offers.limitRanges.handler((call) =>
      offers.limitRanges(call.input, callSignal(call.signal, call.context)),
    ),
    daemonSets: os.offers.daemonSets.handler((call) =>
      offers.daemonSets(call.input, callSignal(call.signal, call.context)),
    ),
    isNameTaken: os.offers.isNameTaken.handler((call) =>
      offers.isNameTaken(call.input, callSignal(call.signal, call.context)),
    ),
    nodeLabels: os.offers.nodeLabels.handler((call) =>
      offers.nodeLabels(call.input, callSignal(call.signal, call.context)),
    ),
    taints: os.offers.taints.handler((call) => offers.taints(call.input, callSignal(call.signal, call.context))),
    images: os.offers.images.handler((call) => offers.images(call.input, callSignal(call.signal, call.context))),
  };
}
