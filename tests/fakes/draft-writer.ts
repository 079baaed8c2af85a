/**
 * A process that saves one draft after another into the folder of its first argument and tells each number once it is on disk,
 * until it is killed.
 */
import { DraftStore } from '../../src/core/services/draft-store.ts';
import { systemClock } from '../../src/core/system-clock.ts';

const [, , folder = '', draftId = ''] = process.argv;
const store = new DraftStore(folder, systemClock);
const page = { id: 'page-1', signal: new AbortController().signal };
const filler = '# a line of the draft\n'.repeat(5_000);
for (let number = 1; ; number++) {
  await store.save({ draftId, namespace: 'default', text: `${number}\n${filler}# end` }, page);
  process.stdout.write(`${number}\n`);
}
