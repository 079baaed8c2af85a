import { describe, expect, it } from 'vitest';
import { readCommand, splitScript } from './script.ts';

const VARIABLES = { lastStatus: 3, env: { NAME: 'agent' } };

describe('splitScript', () => {
  it('cuts at semicolons and line ends, but not inside quotes', () => {
    expect(splitScript('echo a; echo "b; c"\n\necho \'d\ne\'')).toEqual(['echo a', 'echo "b; c"', "echo 'd\ne'"]);
  });

  it('finds nothing in nothing', () => {
    expect(splitScript(' ;\n; ')).toEqual([]);
  });
});

describe('readCommand', () => {
  it('joins quoted and plain pieces of a word', () => {
    expect(readCommand(`echo a"b c"'d e' ''`, VARIABLES).words).toEqual(['echo', 'ab cd e', '']);
  });

  it('puts variables in where no single quotes forbid it', () => {
    expect(readCommand(`echo $NAME "$?" '$NAME' $NONE.`, VARIABLES).words).toEqual([
      'echo',
      'agent',
      '3',
      '$NAME',
      '.',
    ]);
  });

  it('sees where the output goes', () => {
    expect(readCommand('echo bad >&2', VARIABLES)).toEqual({ words: ['echo', 'bad'], toStderr: true });
  });
});
