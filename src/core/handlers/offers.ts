import type { OffersService } from '../services/offers/offers.ts';
import type { HandlerContext } from '../session.ts';
import { callSignal, os } from './os.ts';

interface Call<Input> {
  readonly input: Input;
  readonly signal?: AbortSignal | undefined;
  readonly context: HandlerContext;
}

/** A call answered by what takes its input, until the call or the page ends. */
function answer<Input, Output>(offer: (input: Input, signal: AbortSignal) => Promise<Output>) {
  return ({ input, signal, context }: Call<Input>): Promise<Output> => offer(input, callSignal(signal, context));
}

export function offersHandlers(offers: OffersService) {
  return {
    namespaces: os.offers.namespaces.handler(answer(offers.namespaces)),
    configMaps: os.offers.configMaps.handler(answer(offers.configMaps)),
    configMapKeys: os.offers.configMapKeys.handler(answer(offers.configMapKeys)),
    secrets: os.offers.secrets.handler(answer(offers.secrets)),
    secretKeys: os.offers.secretKeys.handler(answer(offers.secretKeys)),
    persistentVolumeClaims: os.offers.persistentVolumeClaims.handler(answer(offers.persistentVolumeClaims)),
    serviceAccounts: os.offers.serviceAccounts.handler(answer(offers.serviceAccounts)),
    priorityClasses: os.offers.priorityClasses.handler(answer(offers.priorityClasses)),
    runtimeClasses: os.offers.runtimeClasses.handler(answer(offers.runtimeClasses)),
    limitRanges: os.offers.limitRanges.handler(answer(offers.limitRanges)),
    daemonSets: os.offers.daemonSets.handler(answer(offers.daemonSets)),
    isNameTaken: os.offers.isNameTaken.handler(answer(offers.isNameTaken)),
    nodeLabels: os.offers.nodeLabels.handler(answer(offers.nodeLabels)),
    taints: os.offers.taints.handler(answer(offers.taints)),
    images: os.offers.images.handler(answer(offers.images)),
  };
}
