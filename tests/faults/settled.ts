/** As long as a server elsewhere on a busy machine may take to close its side of a connection. */
const LIMIT_MS = 8000;

/** What is still left open when sockets, which know no injected clock, have had time to close. */
export async function settled(left: () => readonly string[]): Promise<readonly string[]> {
  const end = Date.now() + LIMIT_MS;
  while (left().length > 0 && Date.now() < end) await new Promise<void>((resolve) => setImmediate(resolve));
  return left();
}
