import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingRight } from '../../src/core/access-words.ts';
import { OPERATIONS, rightCheck } from '../../src/renderer/features/operations/index.ts';
import { CHANGING_CALLS, isChangingCall } from '../../src/shared/contract/changing-calls.ts';
import { AppError, type AppErrorData } from '../../src/shared/errors/app-error.ts';
import { shellWord } from '../../src/shared/kubernetes/kubectl.ts';
import { toPodRow } from '../../src/shared/kubernetes/pod-row.ts';
import { firstNode, OPERATION_CASES, type OperationCase, type OperationTarget } from './operation-cases.ts';
import { ENV_VALUE, NAMESPACE, openOperationWorld, type OperationWorld } from './operation-world.ts';

const OTHER_UID = '00000000-0000-4000-8000-000000000000';
let world: OperationWorld;

const userOf = ({ right }: OperationCase) =>
  `may-${right.verb}-${right.resource}${right.subresource === undefined ? '' : `-${right.subresource}`}`;

beforeAll(async () => {
  const mayOne = OPERATION_CASES.map((each) => {
    const { verb, group, resource, subresource } = each.right;
    const resources = [subresource === undefined ? resource : `${resource}/${subresource}`];
    return [userOf(each), [{ verbs: [verb], apiGroups: [group], resources }]] as const;
  });
  const all = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];
  world = await openOperationWorld({ viewer: [], frozen: all, ...Object.fromEntries(mayOne) });
  await world.client.context.setPreferences({ contextName: 'frozen', guardLevel: 'read-only' });
});
afterAll(() => world[Symbol.asyncDispose]());

async function failureOf(run: Promise<unknown>): Promise<AppErrorData> {
  try {
    await run;
  } catch (error) {
    if (error instanceof AppError) return error.data;
    throw error;
  }
  throw new Error('it did not fail');
}

describe.each(OPERATION_CASES)('$title', (operation) => {
  const name = `agent-${operation.title.replaceAll(' ', '-')}`;
  const namespaceOf = operation.right.resource === 'nodes' ? {} : { namespace: NAMESPACE };
  const check = { ...operation.right, ...namespaceOf };
  let uid: string;
  const targetOf = (contextName: string): OperationTarget => ({ contextName, namespace: NAMESPACE, name, uid });

  beforeAll(async () => {
    uid = await world.make(name, operation.strategy ?? 'OnDelete');
  }, 60_000);

  it('is refused with the verb and the resource that are missing, in the words of its disabled button', async () => {
    const before = await world.facts(name);
    const { reason, message } = await failureOf(operation.call(world, targetOf('viewer')));
    const [answer] = await world.client.access.review({ contextName: 'viewer', checks: [check] });
    expect(answer).toEqual({ allowed: false, reason: missingRight(check) });
    expect({ reason, message }).toEqual({
      reason: 'Forbidden',
      message: expect.stringContaining(missingRight(check)) as string,
    });
    expect(await world.facts(name)).toEqual(before);
  });

  it('is refused in a read-only context, with the reason', async () => {
    const before = await world.facts(name);
    const { reason, message } = await failureOf(operation.call(world, targetOf('frozen')));
    expect(reason).toBe('Forbidden');
    expect(message).toContain('Context "frozen" is read-only in Everynode; nothing was ');
    expect(await world.facts(name)).toEqual(before);
  });

  it('does nothing to an object that has the name of the one it was meant for, and its refusal stands in the journal', async () => {
    const before = await world.facts(name);
    const count = (await world.journal()).length;
    const call = operation.call(world, { ...targetOf(userOf(operation)), uid: OTHER_UID });
    const reason = operation.otherUid ?? 'Conflict';
    expect((await failureOf(call)).reason).toBe(reason);
    expect(await world.facts(name)).toEqual(before);
    const written = (await world.journal()).slice(count);
    // A plan is no change yet: the pods that it deletes stand in the journal one by one.
    const refused = operation.operation === 'staged' ? [] : [{ act: operation.act, outcome: 'failed' }];
    expect(written.map(({ act, outcome }) => ({ act, outcome }))).toEqual(refused);
  });

  it('needs that one right, is answered with the same as kubectl, and stands so in the journal without a value', async () => {
    const contextName = userOf(operation);
    const [pod] = (await world.pods(name)).map(toPodRow).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const node = await firstNode(world);
    const words = operation.kubectl({ name, pod: pod?.name ?? '', node: node.name });
    const expected = `kubectl --context ${shellWord(contextName)} ${words}`;
    const count = (await world.journal()).length;
    const before = await world.facts(name);
    const { kubectl = expected } = await operation.call(world, targetOf(contextName));
    expect(kubectl.endsWith(expected)).toBe(true);
    const written = (await world.journal()).slice(count);
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({ act: operation.act, outcome: 'done', kubectl });
    expect(written[0]?.['ref']).toMatchObject({ contextName });
    expect(await world.journalText()).not.toContain(ENV_VALUE);
    expect(await world.facts(name)).not.toEqual(before);
  });
});

describe('the table of operations', () => {
  it('has every operation of the menus, each with the right that its menu asks for', () => {
    const offered = OPERATION_CASES.filter((each) => each.operation !== undefined);
    expect(offered.map((each) => each.operation).toSorted()).toEqual(OPERATIONS.toSorted());
    for (const { operation, right } of offered) {
      if (operation) expect(rightCheck(operation, NAMESPACE)).toEqual({ ...right, namespace: NAMESPACE });
    }
  });

  it('has every call of the contract that changes a cluster', () => {
    const called = new Set(OPERATION_CASES.map(({ method }) => method));
    // To go on with a held plan deletes pods as its start does.
    expect([...called, 'stagedRollout.continue'].toSorted()).toEqual([...CHANGING_CALLS].toSorted());
    for (const method of called) expect(isChangingCall(method.split('.'), {})).toBe(true);
  });
});
