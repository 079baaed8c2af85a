import type { ObjectResource, ObjectText } from '../../shared/contract/object.ts';
import { type LiveValue, useValue } from './use-value.ts';

export interface ObjectAddress {
  readonly resource: ObjectResource;
  /** '' for nodes. */
  readonly namespace: string;
  readonly name: string;
  /** With it, a namesake is `gone`. */
  readonly uid?: string;
}

/** One object as JSON text, live. All who ask for the same share one stream. */
export function useObject(contextName: string, address: ObjectAddress): LiveValue<ObjectText> {
  const { resource, namespace, name, uid } = address;
  return useValue<ObjectText>(['object', contextName, resource, namespace, name, uid ?? ''], (client, signal) =>
    client.object.watch({ contextName, resource, namespace, name, ...(uid === undefined ? {} : { uid }) }, { signal }),
  );
}
