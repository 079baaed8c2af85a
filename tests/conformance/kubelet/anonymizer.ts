import { textAt } from '../json-path.ts';

const ID = /[0-9a-f]{62,64}/gu;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?!\d)/gu;

/** Takes out of a text what names one pod of one run, so that texts of two runs can be compared. */
export class Anonymizer {
  readonly #names: readonly (readonly [string, string])[];

  constructor(pod: unknown) {
    this.#names = [
      [textAt(pod, 'metadata.name'), '<pod>'],
      [textAt(pod, 'metadata.uid'), '<uid>'],
      [textAt(pod, ['metadata', 'labels', 'app']), '<set>'],
    ];
  }

  text(text: string): string {
    const named = this.#names.reduce(
      (current, [name, word]) => (name === '' ? current : current.replaceAll(name, word)),
      text,
    );
    return named.replaceAll(ID, '<id>').replaceAll(TIME, '<time>');
  }
}
