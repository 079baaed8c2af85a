import { describe, expect, it } from 'vitest';
import { isJsonObject } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import {
  differingFields,
  isSameTemplate,
  templateOfDaemonSet,
  templateOfRevision,
  templateOfText,
  templateToCompare,
} from './revision-template.ts';

/** As the server keeps it: keys in the order of their letters, the directive first. */
const REVISION = `{"apiVersion":"apps/v1","kind":"ControllerRevision","revision":7,
 "metadata":{"name":"agent-5d4f","labels":{"app":"agent","controller-revision-hash":"5d4f"}},
 "data":{"spec":{"template":{"$patch":"replace","metadata":{"labels":{"app":"agent"}},
  "spec":{"containers":[{"image":"a:1","name":"main"}],"terminationGracePeriodSeconds":12345678901234567890}}}}}`;
const DAEMONSET = `{"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent"},"spec":{"template":
 {"metadata":{"creationTimestamp":null,"labels":{"app":"agent"}},
  "spec":{"terminationGracePeriodSeconds":12345678901234567890,"containers":[{"name":"main","image":"a:1"}]}}}}`;

function found(template: JsonObject | undefined): JsonObject {
  if (!isJsonObject(template)) throw new Error('no template');
  return template;
}

const kept = found(templateOfRevision(REVISION));
const live = found(templateOfDaemonSet(DAEMONSET));
const other = found(
  templateOfText(
    '{"metadata":{"labels":{"app":"agent"},"annotations":{"a/b":"1"}},"spec":{"containers":[{"name":"main","image":"a:2"}]}}',
  ),
);

describe('the template of a revision', () => {
  it('is its data without the patch directive, with every digit', () => {
    expect(kept).toEqual({
      metadata: { labels: { app: 'agent' } },
      spec: {
        containers: [{ image: 'a:1', name: 'main' }],
        terminationGracePeriodSeconds: 12_345_678_901_234_567_890n,
      },
    });
  });

  it('is none where the data is something else', () => {
    expect(templateOfRevision('{"data":{"spec":{"replicas":1}}}')).toBeUndefined();
    expect(templateOfRevision('{"data":[1]}')).toBeUndefined();
    expect(templateOfRevision('{')).toBeUndefined();
  });

  it('is the same as the one it was made of, whatever the order of keys and an empty time', () => {
    expect(isSameTemplate(kept, live)).toBe(true);
    expect(isSameTemplate(kept, other)).toBe(false);
    expect(differingFields(kept, live)).toEqual([]);
  });

  it('differs from another in fields that are named', () => {
    expect(differingFields(kept, other)).toEqual([
      'metadata.annotations',
      'spec.terminationGracePeriodSeconds',
      'spec.containers[0].image',
    ]);
  });

  it('is one text for both ways in which the server writes it', () => {
    const text = templateToCompare(kept);
    expect(text).toBe(templateToCompare(live));
    expect(text).toBe(
      [
        'metadata:',
        '  labels:',
        '    app: agent',
        'spec:',
        '  containers:',
        '    - name: main',
        '      image: a:1',
        '  terminationGracePeriodSeconds: 12345678901234567890',
        '',
      ].join('\n'),
    );
  });
});
