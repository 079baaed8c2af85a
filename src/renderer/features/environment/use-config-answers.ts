import { useCallback, useEffect, useState } from 'react';
import type { ConfigAnswers, ConfigMapRead, SecretKeysRead } from '../../../shared/kubernetes/config-read.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';

export interface ConfigPlace {
  readonly contextName: string;
  readonly namespace: string;
}

export interface ConfigNames {
  readonly configMaps: readonly string[];
  readonly secrets: readonly string[];
}

interface Answered {
  readonly of: string;
  readonly answers: ConfigAnswers;
}

const NONE: ConfigAnswers = { configMaps: new Map(), secrets: new Map() };

/** Asks for each ConfigMap, and for each Secret's keys, by itself: one that may not be read hinders no other. */
export function useConfigAnswers(
  { contextName, namespace }: ConfigPlace,
  { configMaps, secrets }: ConfigNames,
): ConfigAnswers & { readonly readAgain: () => void } {
  const { client } = useServices();
  const [round, setRound] = useState(0);
  const [answered, setAnswered] = useState<Answered>();
  const of = JSON.stringify([contextName, namespace, configMaps, secrets, round]);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const add = (part: (answers: ConfigAnswers) => ConfigAnswers) => {
      if (signal.aborted) return;
      setAnswered((before) => ({ of, answers: part(before?.of === of ? before.answers : NONE) }));
    };
    const readConfigMap = async (name: string) => {
      const read: ConfigMapRead = await client.config
        .configMap({ contextName, namespace, name }, { signal })
        .catch(unreadable);
      add((answers) => ({ ...answers, configMaps: new Map([...answers.configMaps, [name, read]]) }));
    };
    const readSecretKeys = async (name: string) => {
      const read: SecretKeysRead = await client.config
        .secretKeys({ contextName, namespace, name }, { signal })
        .catch(unreadable);
      add((answers) => ({ ...answers, secrets: new Map([...answers.secrets, [name, read]]) }));
    };
    for (const name of configMaps) void readConfigMap(name);
    for (const name of secrets) void readSecretKeys(name);
    return () => controller.abort();
    // `of` says all that is asked for.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, of]);
  const readAgain = useCallback(() => setRound((before) => before + 1), []);
  return { ...(answered?.of === of ? answered.answers : NONE), readAgain };
}

function unreadable(error: unknown) {
  return { state: 'unreadable', why: thrownErrorData(error).message } as const;
}
