import type { ManifestEdit } from '../../src/shared/manifest/manifest-edit.ts';
import { editForm, openForm, type OpenForm } from '../../src/shared/form/open-form.ts';

/** For tests: a text as a form. */
export function formOf(text: string): OpenForm {
  const opened = openForm(text);
  if (opened.ok) return opened.form;
  throw new Error(`line ${opened.refusal.line}: ${opened.refusal.message}`);
}

/** For tests: the form after these edits. */
export function edited(form: OpenForm, edits: readonly ManifestEdit[]): OpenForm {
  const result = editForm(form, edits);
  if (result.ok) return result.form;
  throw new Error(`${result.problem.reason} at line ${result.problem.line}: ${result.problem.message}`);
}

/** For tests: the lines that only one of two texts has, `-` before and `+` after. */
export function changedLines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const rest = [...now];
  const gone = old.filter((line) => {
    const at = rest.indexOf(line);
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
  return [...gone.map((line) => `- ${line.trim()}`), ...rest.map((line) => `+ ${line.trim()}`)];
}
