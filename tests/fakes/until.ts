/** Lets sockets and promises go on until the condition holds; fails with the name of what never came. */
export async function until(what: string, condition: () => boolean, turns = 20_000): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    if (condition()) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  throw new Error(`never came: ${what}`);
}
