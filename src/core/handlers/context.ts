import { AppError } from '../../shared/errors/app-error.ts';
import type { ContextService } from '../services/context-service.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { callSignal, os } from './os.ts';

export function contextHandlers(contexts: ContextService) {
  return {
    watch: os.context.watch.handler(({ signal, context }) =>
      latestStream(
        { read: () => contexts.view(), subscribe: contexts.subscribe, release: () => undefined },
        callSignal(signal, context),
      ),
    ),
    open: os.context.open.handler(({ input }) => contexts.open(input.contextName)),
    close: os.context.close.handler(({ input }) => contexts.close(input.contextName)),
    reconnect: os.context.reconnect.handler(({ input }) => contexts.reconnect(input.contextName)),
    approvePlugin: os.context.approvePlugin.handler(({ input }) =>
      contexts.approvePlugin(input.contextName, input.fingerprint),
    ),
    forgetPlugin: os.context.forgetPlugin.handler(({ input }) => contexts.forgetPlugin(input.fingerprint)),
    setPluginPolicy: os.context.setPluginPolicy.handler(({ input }) => contexts.setPluginPolicy(input.policy)),
    setPreferences: os.context.setPreferences.handler(({ input }) => contexts.setPreferences(input)),
  };
}

/** The host's own dialog for choosing files; resolves with their paths. */
export type ChooseFiles = () => Promise<readonly string[]>;

export function kubeconfigHandlers(contexts: ContextService, chooseFiles: ChooseFiles | undefined) {
  return {
    chooseFiles: os.kubeconfig.chooseFiles.handler(async () => {
      if (chooseFiles !== undefined) return { paths: await chooseFiles() };
      throw new AppError({ reason: 'HostLacks', message: 'This host has no dialog for choosing files.', retry: false });
    }),
    addFile: os.kubeconfig.addFile.handler(async ({ input }) => ({
      contextNames: await contexts.addFile(input.path),
    })),
    addText: os.kubeconfig.addText.handler(async ({ input }) => ({
      contextNames: await contexts.addText(input.fileName, input.text, input.keep),
    })),
    remove: os.kubeconfig.remove.handler(({ input }) => contexts.remove(input.sourceId)),
  };
}

export function demoHandlers(contexts: ContextService) {
  return {
    start: os.demo.start.handler(async ({ input }) => ({ contextName: await contexts.startDemo(input.nodes) })),
  };
}
