/** One entry of API_TYPES, read. */
export interface FieldType {
  readonly shape: 'single' | 'list' | 'map';
  readonly item: string;
  /** Present when a strategic merge patch merges the list: by this key of its items, or as a set when it is empty. */
  readonly mergeKey?: string;
}

const known = new Map<string, FieldType>();

function read(text: string): FieldType {
  if (text.startsWith('map:')) return { shape: 'map', item: text.slice('map:'.length) };
  const list = /^(.*)\[\](?:@(.*))?$/.exec(text);
  if (list === null) return { shape: 'single', item: text };
  const [, item = '', mergeKey] = list;
  return mergeKey === undefined ? { shape: 'list', item } : { shape: 'list', item, mergeKey };
}

/** Reads `string`, `Container[]@name`, `map:quantity`. */
export function parseFieldType(text: string): FieldType {
  let type = known.get(text);
  if (type === undefined) {
    type = read(text);
    known.set(text, type);
  }
  return type;
}
