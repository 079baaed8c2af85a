import * as z from 'zod';

export const contextNameInput = z.object({ contextName: z.string().min(1).max(4096) });

const dnsName = z.string().min(1).max(253);

export const objectRefInput = z.object({
  contextName: z.string().min(1).max(4096),
  namespace: dnsName,
  name: dnsName,
});

/** An object that will be changed: identity and address, so that a namesake is never hit. */
export const targetInput = objectRefInput.extend({ uid: z.string().min(1).max(128) });

/** Which namespaces a list reads: all of the cluster, or these. */
export const namespacesInput = z.union([z.literal('all'), z.array(dnsName).min(1).max(50)]);
