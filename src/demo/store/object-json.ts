import type { KubeObject } from '../objects.ts';

const texts = new WeakMap<object, string>();

/** An object's JSON, made once: objects never change in place. */
export function objectJson(object: KubeObject): string {
  let text = texts.get(object);
  if (text === undefined) {
    text = JSON.stringify(object);
    texts.set(object, text);
  }
  return text;
}
