/** The body of `POST …/pods/NAME/eviction` (policy/v1); with a uid no namesake is evicted. */
export function eviction({ namespace, name }: { readonly namespace: string; readonly name: string }, uid?: string) {
  return {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    ...(uid === undefined ? {} : { deleteOptions: { preconditions: { uid } } }),
  };
}
