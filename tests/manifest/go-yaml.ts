import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { goIsPresent } from '../cluster/cluster-kit.ts';
import { buildGoModule } from '../cluster/go-module.ts';

export { goIsPresent };

/** What the API server reads from a text: JSON as Go writes it, or null when it refuses. */
export type GoAnswer = string | null;

/** Asks sigs.k8s.io/yaml itself, built once into the cache (some seconds). */
export class GoYaml {
  readonly #binary: string;

  private constructor(binary: string) {
    this.#binary = binary;
  }

  /** @throws when there is no Go, or the build fails */
  static async build(log: (line: string) => void = () => undefined): Promise<GoYaml> {
    const dir = fileURLToPath(new URL('go-yaml', import.meta.url));
    return new GoYaml(await buildGoModule({ dir, ldflags: '-s -w', duration: 'some seconds', log }));
  }

  read(texts: readonly string[]): readonly GoAnswer[] {
    const input = texts.map((text) => `${JSON.stringify(text)}\n`).join('');
    const output = execFileSync(this.#binary, { input, maxBuffer: 1 << 28, encoding: 'utf8' });
    return output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as GoAnswer);
  }
}
