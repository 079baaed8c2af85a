import { expect, it } from 'vitest';
import type { FormProblem } from './form-problem.ts';
import { joinProblems } from './join-problems.ts';

const rule = (path: string, severity: FormProblem['severity'] = 'error'): FormProblem => ({
  path,
  severity,
  message: 'ours',
  source: 'rule',
});
const schema = (path: string): FormProblem => ({ path, severity: 'error', message: 'schema', source: 'schema' });

it('says each field once: our sentence before the schema’s, and that before the server’s', () => {
  const causes = ['a', 'b', 'c'].map((path) => ({ path, message: 'server' }));
  const joined = joinProblems([rule('a')], [schema('a'), schema('b')], causes);
  expect(joined.map(({ path, message }) => `${path} ${message}`)).toEqual(['a ours', 'b schema', 'c server']);
});

it('a warning of ours keeps no error back, and two errors of one source at a field are both said', () => {
  const joined = joinProblems([rule('a', 'warning')], [schema('a'), schema('a')], []);
  expect(joined).toHaveLength(3);
});
