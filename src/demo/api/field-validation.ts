import { notSupportedOption } from './status-error.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** The `fieldValidation` parameter; the API server's default is Warn. */
export function fieldValidationOf(query: URLSearchParams, method: string | undefined): FieldValidation {
  const text = query.get('fieldValidation') ?? '';
  if (text === '') return 'Warn';
  if (text === 'Strict' || text === 'Warn' || text === 'Ignore') return text;
  throw notSupportedOption(method, 'fieldValidation', text, ['', 'Ignore', 'Strict', 'Warn']);
}

/** What strict decoding found, in its words. */
export function strictProblems(unknown: readonly string[], duplicates: readonly string[]): readonly string[] {
  return [
    ...unknown.map((path) => `unknown field "${path}"`),
    ...duplicates.map((path) => `duplicate field "${path}"`),
  ];
}

/** The `dryRun` parameter: All, or not at all. */
export function isDryRun(query: URLSearchParams, method: string | undefined): boolean {
  const values = query.getAll('dryRun').filter((value) => value !== '');
  if (values.some((value) => value !== 'All')) {
    throw notSupportedOption(method, 'dryRun', values, ['All']);
  }
  return values.length > 0;
}
