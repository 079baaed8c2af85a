/** Ends a switch over a closed union. The demo has its own: of the shared folder it may use only what the real cluster judges. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
