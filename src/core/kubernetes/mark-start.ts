import type { Dispatcher } from 'undici';

type Handler = Dispatcher.DispatchHandler;

/** Hears of the moment when a request is handed to an open connection: before it, nothing was sent. */
export function markStart(onStart: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, withStart(handler, onStart));
}

function withStart(handler: Handler, onStart: () => void): Handler {
  return {
    onRequestStart(...args: Parameters<NonNullable<Handler['onRequestStart']>>) {
      onStart();
      handler.onRequestStart?.(...args);
    },
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  };
}
