import type { PluginPolicy } from '../../../shared/contract/context.ts';

/**
 * A text of a kubeconfig that somebody decides by: what would not be seen (controls, direction overrides, zero-width characters)
 * stands as its code point, and an argument with a space or nothing in it stands in quotes.
 */
export function visibleArgument(text: string): string {
  const visible = text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return visible === '' || /\s/.test(visible) ? JSON.stringify(visible) : visible;
}

export interface PolicyWords {
  readonly policy: PluginPolicy;
  readonly title: string;
  readonly words: string;
}

/** kubectl's words (kuberc, credentialPluginPolicy, 1.35 and later) with ours. */
export const POLICIES: readonly PolicyWords[] = [
  {
    policy: 'Allowlist',
    title: 'Those that you have approved (Allowlist)',
    words: 'You are shown each program once, and again when anything of it changes.',
  },
  {
    policy: 'AllowAll',
    title: 'All of them (AllowAll)',
    words: 'Nothing is asked: whoever can change a kubeconfig that you open can run a program as you.',
  },
  { policy: 'DenyAll', title: 'None (DenyAll)', words: 'Contexts that need one are refused.' },
];
