/** Finds members that a JSON text names twice in one object, as `spec.template`; the text is known to be valid JSON. */
export function duplicateFields(text: string): readonly string[] {
  const found = new Set<string>();
  let at = 0;

  const skipSpace = (): void => {
    while (/\s/.test(text.charAt(at))) at += 1;
  };
  const readString = (): string => {
    const start = at;
    at += 1;
    while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
    at += 1;
    return JSON.parse(text.slice(start, at)) as string;
  };
  const readValue = (path: string): void => {
    skipSpace();
    const char = text.charAt(at);
    if (char === '{') readObject(path);
    else if (char === '[') readList(path);
    else if (char === '"') readString();
    else while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1;
    skipSpace();
  };
  const readList = (path: string): void => {
    at += 1;
    skipSpace();
    for (let index = 0; text.charAt(at) !== ']'; index += 1) {
      readValue(`${path}[${index}]`);
      if (text.charAt(at) === ',') at += 1;
    }
    at += 1;
  };
  const readObject = (path: string): void => {
    const names = new Set<string>();
    at += 1;
    skipSpace();
    while (text.charAt(at) !== '}') {
      const name = readString();
      const member = path === '' ? name : `${path}.${name}`;
      if (names.has(name)) found.add(member);
      names.add(name);
      skipSpace();
      at += 1;
      readValue(member);
      if (text.charAt(at) === ',') at += 1;
      skipSpace();
    }
    at += 1;
  };

  readValue('');
  return [...found];
}
