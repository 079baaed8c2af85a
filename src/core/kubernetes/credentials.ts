import { inspect } from 'node:util';
import type { ExecPlugin } from './exec-plugin.ts';

/**
 * The `user` of a kubeconfig entry, field by field as the file has it. Paths are absolute where the defining file has a folder.
 * Field names and their meaning: client-go tools/clientcmd/api/v1/types.go (1.37), AuthInfo.
 */
export interface UserFacts {
  readonly clientCertificate?: string;
  /** PEM. Wins over clientCertificate. */
  readonly clientCertificateData?: string;
  readonly clientKey?: string;
  /** PEM. Wins over clientKey. */
  readonly clientKeyData?: string;
  readonly token?: string;
  /** Read again when it changes; wins over `token` once it was read. */
  readonly tokenFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly as?: string;
  readonly asUid?: string;
  readonly asGroups?: readonly string[];
  readonly asUserExtra?: Readonly<Record<string, readonly string[]>>;
  readonly exec?: ExecPlugin;
  /** Name of the auth provider: "oidc". */
  readonly authProvider?: string;
}

/** Which kinds of identity a user has: words for a screen, no values. */
export type CredentialKind = 'certificate' | 'token' | 'tokenFile' | 'basic' | 'exec' | 'auth-provider' | 'anonymous';

const REDACTED = '[redacted]';

/** One text that must not be seen, such as a proxy URL with a password in it. Prints as [redacted]. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** Everything of a user that must not be seen. Prints as [redacted] wherever it is printed, serialised or inspected. */
export class Credentials {
  static readonly anonymous: Credentials = new Credentials({});

  readonly #facts: UserFacts;

  constructor(facts: UserFacts) {
    this.#facts = facts;
  }

  /** The facts themselves, for the code that builds a request or a TLS context. Never put into an error or a log. */
  reveal(): UserFacts {
    return this.#facts;
  }

  get kind(): CredentialKind {
    const facts = this.#facts;
    if (facts.exec) return 'exec';
    if (facts.authProvider !== undefined) return 'auth-provider';
    if (facts.tokenFile !== undefined) return 'tokenFile';
    if (facts.token !== undefined) return 'token';
    if (facts.username !== undefined) return 'basic';
    if (facts.clientCertificate !== undefined || facts.clientCertificateData !== undefined) return 'certificate';
    return 'anonymous';
  }

  /** Whether both say the same: a file that was rewritten without a change keeps its connection. */
  equals(other: Credentials): boolean {
    return JSON.stringify(this.#facts) === JSON.stringify(other.#facts);
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
