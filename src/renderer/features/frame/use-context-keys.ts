import { useEffect } from 'react';
import { useContexts } from '../../live/use-contexts.ts';
import { useSwitchContext } from '../contexts/index.ts';

const DIGIT = /^Digit([1-9])$/;

/** Ctrl+1..9 (or Cmd) goes to the first nine contexts of the rail. */
export function useContextKeys(): void {
  const contexts = useContexts().value?.contexts;
  const switchTo = useSwitchContext();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const digit = DIGIT.exec(event.code)?.[1];
      if (digit === undefined || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const context = contexts?.filter(({ hidden }) => !hidden)[Number(digit) - 1];
      if (context === undefined) return;
      event.preventDefault();
      switchTo(context);
    };
    globalThis.addEventListener('keydown', onKeyDown);
    return () => globalThis.removeEventListener('keydown', onKeyDown);
  }, [contexts, switchTo]);
}
