import { subscribe } from 'node:diagnostics_channel';

let isHeard = false;

/**
 * Gives every HTTP/2 stream of this process a listener for its errors. undici (8.12.4, client-h2.js, releaseRequestStream) takes its own
 * away from a stream that is closing; a session that is destroyed in that moment errors the stream all the same, and an error that
 * nobody hears ends the process. What undici still listens to it goes on hearing.
 */
export function hearHttp2StreamErrors(): void {
  if (isHeard) return;
  isHeard = true;
  subscribe('http2.client.stream.created', (message) => {
    if (hasStream(message)) message.stream.on('error', ignoreLateError);
  });
}

interface StreamCreated {
  readonly stream: { on(event: 'error', listener: () => void): unknown };
}

function hasStream(message: unknown): message is StreamCreated {
  return typeof message === 'object' && message !== null && 'stream' in message;
}

function ignoreLateError(): void {
  // The request has ended for its reader already.
}
