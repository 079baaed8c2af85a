/** Texts of `Warning: 299 - "text"` headers (RFC 7234, 5.5), in order; one header may hold several. */
export function parseWarnings(header: string | readonly string[] | undefined): readonly string[] {
  const all = typeof header === 'string' ? [header] : (header ?? []);
  return all.flatMap((value) =>
    [...value.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1')),
  );
}
