import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../fixtures/manifests/awkward/', import.meta.url));

export interface AwkwardFile {
  readonly name: string;
  readonly text: string;
}

/** Hand-written texts, each with a habit that editors of YAML trip over. */
export function awkwardFiles(): readonly AwkwardFile[] {
  return readdirSync(FOLDER)
    .toSorted()
    .map((name) => ({ name, text: readFileSync(`${FOLDER}${name}`, 'utf8') }));
}
