import type { Question, RecordedCall, ToDriver, ToHost } from './wire.ts';

type Answer = (question: Question) => unknown;

const calls: RecordedCall[] = [];
const listeners = new Set<(message: ToHost) => void>();
const answers = new Map<Question['ask'], Answer>();

/** Remembers what the application asked of the system. */
export function record(api: string, ...args: readonly unknown[]): void {
  calls.push({ api, args });
}

export function tellDriver(message: ToDriver): void {
  if (process.connected) process.send?.(message);
}

export function onDriver(listener: (message: ToHost) => void): void {
  listeners.add(listener);
}

/** Says who answers a question of the driver's. */
export function answer<Ask extends Question['ask']>(
  ask: Ask,
  reply: (question: Extract<Question, { readonly ask: Ask }>) => unknown,
): void {
  answers.set(ask, reply as Answer);
}

answer('calls', () => calls);

process.on('message', (message: ToHost) => {
  for (const listener of listeners) listener(message);
  if (message.kind === 'ask') void reply(message.id, message.question);
});
// Without its driver there is nobody to show a page.
process.on('disconnect', () => process.exit(0));

async function reply(id: number, question: Question): Promise<void> {
  try {
    const value = await answers.get(question.ask)?.(question);
    tellDriver({ kind: 'answer', id, value });
  } catch (error) {
    tellDriver({ kind: 'answer', id, error: error instanceof Error ? error.message : String(error) });
  }
}
