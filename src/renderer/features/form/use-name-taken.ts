import { useEffect, useState } from 'react';
import { NAME } from '../../../shared/form/fields/base-fields.ts';
import { presentValue } from '../../../shared/form/field.ts';
import { useServices } from '../../live/services.ts';
import { useForm } from './form-context.ts';

const AFTER_MS = 400;

/** The sentence that says that the name is taken, asked a moment after the last key; undefined when it is free or cannot be asked. */
export function useNameTaken(fixed: boolean): string | undefined {
  const { client, clock } = useServices();
  const { form, contextName, namespace } = useForm();
  const name = presentValue(form, NAME) ?? '';
  const key = fixed || name === '' || namespace === '' ? '' : `${namespace}/${name}`;
  const [taken, setTaken] = useState<string>();
  useEffect(() => {
    if (key === '') return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const timer = clock.setTimeout(() => {
      client.offers
        .isNameTaken({ contextName, namespace, name }, { signal })
        .then((answer) => {
          if (!signal.aborted) setTaken('taken' in answer && answer.taken ? key : undefined);
        })
        .catch(() => {
          // The creation itself says it, also where this cannot be asked.
          if (!signal.aborted) setTaken(undefined);
        });
    }, AFTER_MS);
    return () => {
      clock.clearTimeout(timer);
      controller.abort();
    };
  }, [client, clock, contextName, namespace, name, key]);
  return taken !== undefined && taken === key ? `There is a DaemonSet ${taken} already.` : undefined;
}
