import { useEffect, useState } from 'react';

/**
 * For a dialog that is made when it opens: its end gives the focus back to what had it before. Mantine's own return works
 * only for a dialog that was there, closed, before.
 */
export function useFocusReturn(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}
