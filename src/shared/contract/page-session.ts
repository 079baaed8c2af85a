// How a page proves to the server host that it is ours: a cookie and this value together, neither alone.

/** Path of the exchange (POST {code}) and of the check (GET with SESSION_HEADER). */
export const SESSION_PATH = '/session';
/** Path of the WebSocket. */
export const SOCKET_PATH = '/socket';
/** Carries the value that the exchange answered, on GET SESSION_PATH. */
export const SESSION_HEADER = 'x-everynode-session';
/** The WebSocket's one protocol. Browsers set no headers on WebSockets, so the value travels as a second entry. */
export const SOCKET_PROTOCOL = 'everynode.v1';
export const SOCKET_PROTOCOL_VALUE_PREFIX = 'everynode.session.';

/** Body of the exchange. */
export interface SessionRequest {
  readonly code: string;
}

/** Answer of the exchange; the cookie comes beside it. */
export interface SessionAnswer {
  readonly value: string;
}
