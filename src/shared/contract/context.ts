import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { AppErrorData } from '../errors/app-error.ts';
import { contextNameInput } from './inputs.ts';

export const GUARD_LEVELS = ['free', 'read-only'] as const;
export type GuardLevel = (typeof GUARD_LEVELS)[number];

/** kubectl's words for which exec plugins may be run (kuberc, credentialPluginPolicy). */
export const PLUGIN_POLICIES = ['Allowlist', 'AllowAll', 'DenyAll'] as const;
export type PluginPolicy = (typeof PLUGIN_POLICIES)[number];

/** The exec plugin that signs a context's user in: what the user approves before it is run. No value of its environment. */
export interface CredentialPlugin {
  readonly command: string;
  readonly args: readonly string[];
  readonly envNames: readonly string[];
  /** The kubeconfig that defines it. */
  readonly file: string;
  /** SHA-256 of the four, for approvePlugin. */
  readonly fingerprint: string;
  readonly approval: 'approved' | 'waiting' | 'denied';
}

/** A program that the user let be run. The settings keep its fingerprint alone, so that one which no kubeconfig names now has no name. */
export interface ApprovedPlugin {
  readonly fingerprint: string;
  readonly plugin?: CredentialPlugin;
  /** Contexts that sign in with it. */
  readonly contextNames: readonly string[];
}

/** The state dot of the rail. `closed` has never been contacted. Times are milliseconds since 1970. */
export type ConnectionState =
  | { readonly phase: 'closed' }
  /** `waitingFor` is the command of the exec plugin that runs just now. */
  | { readonly phase: 'connecting'; readonly since: number; readonly waitingFor?: string }
  | { readonly phase: 'live'; readonly since: number; readonly serverVersion: string; readonly userName?: string }
  | { readonly phase: 'stale'; readonly since: number; readonly error: AppErrorData; readonly retryAt?: number }
  | { readonly phase: 'refused'; readonly error: AppErrorData };

export interface KubeContextRow {
  /** Unique in the app: the kubeconfig's name, or "name (file)" for a shadowed or repeated one. */
  readonly contextName: string;
  readonly displayName: string;
  readonly color?: string;
  readonly hidden: boolean;
  readonly guardLevel: GuardLevel;
  /** Id of the source (KubeconfigSourceRow) that defines it. */
  readonly sourceId: string;
  readonly file: string;
  readonly shadowedBy?: string;
  readonly isDemo: boolean;
  /** The cluster's URL and the user's name as the kubeconfig has them; no credential. */
  readonly server?: string;
  readonly user?: string;
  readonly namespace?: string;
  readonly insecureSkipTlsVerify: boolean;
  /** Why it cannot be opened (lacks its cluster or user, a file it names is missing). */
  readonly problem?: AppErrorData;
  /** Only where the user has one that can be run. */
  readonly plugin?: CredentialPlugin;
  readonly connection: ConnectionState;
}

/** A kubeconfig file, pasted text or the demo. */
export interface KubeconfigSourceRow {
  readonly sourceId: string;
  readonly kind: 'environment' | 'default' | 'argument' | 'added' | 'uploaded' | 'demo';
  readonly file: string;
  readonly found: boolean;
  /** Only an uploaded one: whether it is kept in the data folder. */
  readonly kept?: boolean;
}

/** A bad entry or file, with its reason; the rest loads. */
export interface KubeconfigProblem {
  readonly file: string;
  /** "cluster prod", "context a", or absent for the whole file. */
  readonly entry?: string;
  readonly message: string;
}

/** An entry hidden by kubectl's rule (the first definition of a name wins). */
export interface ShadowedEntry {
  readonly kind: 'context' | 'cluster' | 'user';
  readonly name: string;
  readonly file: string;
  readonly shadowedBy: string;
}

export interface ContextsView {
  readonly contexts: readonly KubeContextRow[];
  readonly currentContext?: string;
  readonly sources: readonly KubeconfigSourceRow[];
  readonly problems: readonly KubeconfigProblem[];
  readonly shadowed: readonly ShadowedEntry[];
  readonly pluginPolicy: PluginPolicy;
  /** In the order of their approval. */
  readonly approvedPlugins: readonly ApprovedPlugin[];
}

const fingerprintInput = z.string().regex(/^[0-9a-f]{64}$/);

export const contextContract = {
  /** A `latest` stream of the whole view. */
  watch: oc.output(eventIterator(type<ContextsView>())),
  /** Contacts the cluster; resolves when it answered, fails with the exact cause. */
  open: oc.input(contextNameInput).output(type<ConnectionState>()),
  close: oc.input(contextNameInput).output(type<void>()),
  /** Every read of an open context that waits for its next try has it now. */
  reconnect: oc.input(contextNameInput).output(type<void>()),
  /** Lets the context's exec plugin be run, as it was shown. Fails with Conflict when it is another by now. Runs nothing. */
  approvePlugin: oc.input(contextNameInput.extend({ fingerprint: fingerprintInput })).output(type<void>()),
  /** The user is asked again before it is run. What it gave to contexts that are open stays theirs until it expires. */
  forgetPlugin: oc.input(z.object({ fingerprint: fingerprintInput })).output(type<void>()),
  setPluginPolicy: oc.input(z.object({ policy: z.enum(PLUGIN_POLICIES) })).output(type<void>()),
  setPreferences: oc
    .input(
      contextNameInput.extend({
        displayName: z.string().max(200).optional(),
        color: z
          .string()
          .regex(/^#[0-9a-f]{6}$/i)
          .optional(),
        hidden: z.boolean().optional(),
        guardLevel: z.enum(GUARD_LEVELS).optional(),
      }),
    )
    .output(type<void>()),
};

export const kubeconfigContract = {
  /** Opens a file where it lies. Answers the names of the contexts that it brought. */
  addFile: oc
    .input(z.object({ path: z.string().min(1).max(4096) }))
    .output(type<{ readonly contextNames: readonly string[] }>()),
  /**
   * Has the user choose files in the host's own dialog and answers their paths, none when it was closed. Opens none of
   * them. Fails with HostLacks where there is no such dialog (capability `openFileDialog`).
   */
  chooseFiles: oc.output(type<{ readonly paths: readonly string[] }>()),
  /** Opens an uploaded or pasted text: in memory, or in the data folder (0600) when `keep`. Limit 20 MB of characters. */
  addText: oc
    .input(z.object({ fileName: z.string().min(1).max(255), text: z.string().max(20_000_000), keep: z.boolean() }))
    .output(type<{ readonly contextNames: readonly string[] }>()),
  remove: oc.input(z.object({ sourceId: z.string().min(1).max(4096) })).output(type<void>()),
};

export const demoContract = {
  /** Starts the demo cluster when it does not run; answers its context. */
  start: oc
    .input(z.object({ nodes: z.int().min(1).max(5000).optional() }))
    .output(type<{ readonly contextName: string }>()),
};
