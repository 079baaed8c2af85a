import { expect, it } from 'vitest';
import { optionsForSize } from './size-options.ts';

it('a manifest as people write them has every comfort, and only a large text goes without', () => {
  expect(optionsForSize(200_000)).toEqual({
    folding: true,
    occurrencesHighlight: 'singleFile',
    selectionHighlight: true,
    matchBrackets: 'always',
    bracketPairColorization: { enabled: true },
  });
  expect(optionsForSize(1_500_000)).toMatchObject({ folding: false, occurrencesHighlight: 'off' });
});
