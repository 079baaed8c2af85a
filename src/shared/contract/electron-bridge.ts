/** What the preload script exposes as `window.everynode`. */
export interface ElectronBridge {
  /** Asks for a MessagePort; it arrives as a window message with data PORT_MESSAGE. */
  connect(): void;
  /** process.platform of the host. */
  readonly platform: string;
}

/** Data of the window message that brings the port, and the channel that main and preload use for it. */
export const PORT_MESSAGE = 'everynode:port';
/** Sent by the preload script to main. */
export const CONNECT_MESSAGE = 'everynode:connect';
