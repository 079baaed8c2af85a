/**
 * One finding about a manifest. Our rules, the schema and the server's dry run all speak this shape, so that a field of
 * the form and a line of the YAML show the same sentence.
 */
export interface FormProblem {
  /** The server's field path (k8s.io/apimachinery pkg/util/validation/field): `spec.template.spec.containers[0].image`. */
  readonly path: string;
  readonly message: string;
  /** What is an error is refused by the API server; a warning is taken. */
  readonly severity: 'error' | 'warning';
  readonly source: 'rule' | 'schema' | 'server';
}

/** Collects what rules find. */
export class Findings {
  readonly #problems: FormProblem[] = [];

  error(path: string, message: string): void {
    this.#problems.push({ path, message, severity: 'error', source: 'rule' });
  }

  warn(path: string, message: string): void {
    this.#problems.push({ path, message, severity: 'warning', source: 'rule' });
  }

  get problems(): readonly FormProblem[] {
    return this.#problems;
  }
}
