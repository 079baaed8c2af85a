/** What the user gives: files where they lie, or a text. */
export type KubeconfigInput =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'text'; readonly fileName: string; readonly text: string; readonly keep: boolean };
