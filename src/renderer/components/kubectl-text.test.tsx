// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { KubectlText } from './KubectlText.tsx';

afterEach(cleanup);

it('keeps the words of a command whole, but for one that is longer than a line, and its text as it is', () => {
  const patch = `'{"spec":{"note":"${'long-'.repeat(12)}"}}'`;
  const short = `'{"spec":{"updateStrategy":{"type":"OnDelete"}}}'`;
  const text = `kubectl --context prod patch daemonset/fluent-bit -p ${short}\nkubectl patch -p ${patch}`;
  const { container } = render(<KubectlText text={text} />);
  expect(container.textContent).toBe(text);
  const whole = [...container.querySelectorAll('span')].map(({ textContent }) => textContent);
  expect(whole).toEqual(['--context', 'daemonset/fluent-bit', '-p', short, '-p']);
});
