/** What a caller may say beside the input: `client.pod.watchOne(input, { signal, context: { deadlineMs } })`. */
export interface CallContext {
  /** Until the answer, or until a stream's first response. Default 20,000. */
  readonly deadlineMs?: number;
}
