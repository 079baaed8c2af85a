/* Given to Node with --import in a utility process: electronjs.org docs: api/process "process.parentPort". */
import { EventEmitter } from 'node:events';

const toParent = process.send?.bind(process);

class ParentPort extends EventEmitter {
  /** api/parent-port "parentPort.postMessage(message)". */
  postMessage(message: unknown): void {
    toParent?.(message);
  }
}

const parentPort = new ParentPort();
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
// A utility process has no channel of Node's own, and its parent's end is its own.
process.once('disconnect', () => process.exit(0));
Reflect.deleteProperty(process, 'send');
Object.defineProperty(process, 'parentPort', { value: parentPort });
