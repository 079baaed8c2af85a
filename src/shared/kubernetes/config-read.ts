/** Why a ConfigMap or a Secret says nothing: it is not there, or cannot be read, in one sentence. */
export type NotRead = { readonly state: 'missing' } | { readonly state: 'unreadable'; readonly why: string };

/** `values` are those of `data`: a variable is never set from `binaryData` (kubelet_pods.go, 1.37). */
export type ConfigMapRead =
  | {
      readonly state: 'read';
      readonly values: Readonly<Record<string, string>>;
      readonly binaryKeys: readonly string[];
    }
  | NotRead;

/** Keys alone. */
export type SecretKeysRead = { readonly state: 'read'; readonly keys: readonly string[] } | NotRead;

/** One value of a Secret; `bytes` is how many there are when they are no UTF-8 text. */
export type SecretValueRead =
  | { readonly state: 'read'; readonly text: string }
  | { readonly state: 'binary'; readonly bytes: number }
  | NotRead;

export interface Reading {
  readonly state: 'reading';
}

/** What is known of the ConfigMaps and Secrets of one namespace. */
export interface ConfigAnswers {
  readonly configMaps: ReadonlyMap<string, ConfigMapRead>;
  readonly secrets: ReadonlyMap<string, SecretKeysRead>;
}
