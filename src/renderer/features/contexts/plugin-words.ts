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
