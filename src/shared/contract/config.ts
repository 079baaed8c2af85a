import { oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { ConfigMapRead, SecretKeysRead, SecretValueRead } from '../kubernetes/config-read.ts';
import { objectRefInput } from './inputs.ts';

/**
 * What environment variables refer to. A missing object or right is an answer; only a call that cannot be made at all fails. Nothing of
 * a Secret is kept, and a value travels only on `secretValue`, which the user asks for one key at a time.
 */
export const configContract = {
  configMap: oc.input(objectRefInput).output(type<ConfigMapRead>()),
  secretKeys: oc.input(objectRefInput).output(type<SecretKeysRead>()),
  /** `missing` also for a Secret without this key. */
  secretValue: oc.input(objectRefInput.extend({ key: z.string().min(1).max(253) })).output(type<SecretValueRead>()),
};
