import type { PluginPolicy } from '../../shared/contract/context.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { pluginFingerprint } from '../kubernetes/exec-plugin.ts';
import type { ExecPlugin, PluginApproval } from '../kubernetes/exec-plugin.ts';
import type { SettingsStore } from './settings.ts';

/**
 * Which exec plugins may be run, by kubectl's words (kuberc's credentialPluginPolicy, 1.35 and later). The Allowlist, our default, has
 * what the user has approved: fingerprints only, which hold no secret.
 */
export class PluginApprovals {
  readonly #settings: SettingsStore;

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  get policy(): PluginPolicy {
    return this.#settings.current.execPlugins.policy;
  }

  /** Fingerprints, in the order of their approval. */
  get approved(): readonly string[] {
    return this.#settings.current.execPlugins.approved;
  }

  readonly approvalOf = (plugin: ExecPlugin): PluginApproval => {
    const { policy, approved } = this.#settings.current.execPlugins;
    switch (policy) {
      case 'AllowAll':
        return 'approved';
      case 'DenyAll':
        return 'denied';
      case 'Allowlist':
        return approved.includes(pluginFingerprint(plugin)) ? 'approved' : 'waiting';
      default:
        return assertNever(policy);
    }
  };

  /** `shown` is the fingerprint of what the user read. Throws AppError Conflict when the kubeconfig says something else by now. */
  async approve(plugin: ExecPlugin | undefined, shown: string): Promise<void> {
    if (plugin === undefined || pluginFingerprint(plugin) !== shown) {
      const message = 'The kubeconfig has changed: the credential plugin is no longer the one that was shown.';
      throw new AppError({ reason: 'Conflict', message, retry: false });
    }
    await this.#settings.update((was) => ({
      ...was,
      execPlugins: { ...was.execPlugins, approved: [...new Set([...was.execPlugins.approved, shown])] },
    }));
  }

  async forget(fingerprint: string): Promise<void> {
    await this.#settings.update((was) => ({
      ...was,
      execPlugins: {
        ...was.execPlugins,
        approved: was.execPlugins.approved.filter((approved) => approved !== fingerprint),
      },
    }));
  }

  async setPolicy(policy: PluginPolicy): Promise<void> {
    await this.#settings.update((was) => ({ ...was, execPlugins: { ...was.execPlugins, policy } }));
  }
}
