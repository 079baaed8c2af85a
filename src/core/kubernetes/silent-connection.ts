/** An open connection was given up because its peer answered nothing. The message is the whole sentence for the user. */
export class SilentConnection extends Error {
  override readonly name = 'SilentConnection';
  /** Any code but undici's own UND_ERR_SOCKET and UND_ERR_INFO. */
  readonly code = 'EVERYNODE_SILENT';
}
