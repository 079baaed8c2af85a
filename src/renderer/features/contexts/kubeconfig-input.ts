/** What the user gives: a file where it lies, or a text. */
export type KubeconfigInput =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly fileName: string; readonly text: string; readonly keep: boolean };
