/** One stretch of a variable's value. A Secret's value is never in it: only which key of which Secret it is. */
export type ValuePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'secret'; readonly name: string; readonly key: string }
  /** Not known here; `words` say what it will be: "set for each pod". */
  | { readonly type: 'unknown'; readonly words: string };

export interface Expanded {
  readonly parts: readonly ValuePart[];
  /** Names of the references that nothing answers, and that stay in the text as they are. */
  readonly unresolved: readonly string[];
}

/**
 * `$(NAME)` replaced as the kubelet does it (third_party/forked/golang/expansion, 1.37): `$$` is one `$` and keeps what follows it from
 * being a reference; what is no whole reference, and a name that `valueOf` does not know, stays as it is.
 */
export function expandReferences(value: string, valueOf: (name: string) => readonly ValuePart[] | undefined): Expanded {
  const parts: ValuePart[] = [];
  const unresolved: string[] = [];
  let from = 0;
  for (let dollar = value.indexOf('$'); dollar !== -1; dollar = value.indexOf('$', from)) {
    parts.push(asText(value.slice(from, dollar)));
    const end = value[dollar + 1] === '(' ? value.indexOf(')', dollar + 2) : -1;
    if (end === -1) {
      const isEscaped = value[dollar + 1] === '$';
      parts.push(asText(isEscaped ? '$' : value.slice(dollar, dollar + 2)));
      from = dollar + 2;
      continue;
    }
    const name = value.slice(dollar + 2, end);
    const found = valueOf(name);
    if (found === undefined) unresolved.push(name);
    parts.push(...(found ?? [asText(`$(${name})`)]));
    from = end + 1;
  }
  parts.push(asText(value.slice(from)));
  return { parts: joined(parts), unresolved };
}

function asText(text: string): ValuePart {
  return { type: 'text', text };
}

/** Neighbouring texts as one, without empty ones; a value that is empty altogether has no part. */
function joined(parts: readonly ValuePart[]): readonly ValuePart[] {
  const result: ValuePart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.type !== 'text') result.push(part);
    else if (last?.type === 'text') result[result.length - 1] = asText(last.text + part.text);
    else if (part.text !== '') result.push(part);
  }
  return result;
}
