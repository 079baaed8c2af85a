import { describe, expect, it } from 'vitest';
import { imageProblem, imagesIn, setImages } from './set-image.ts';

const object = (image: string, annotations?: object) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', ...(annotations && { annotations }) },
    spec: {
      template: {
        spec: {
          initContainers: [{ name: 'setup', image: 'setup:1' }],
          containers: [
            { name: 'agent', image, env: [{ name: 'A', value: '1' }] },
            { name: 'side', image: 'side:2' },
          ],
        },
      },
    },
  });
const before = object('registry.test/agent:1');

function changed(wanted: Readonly<Record<string, string>>, cause?: string) {
  const result = setImages(before, wanted, cause);
  if (!result.ok) throw new Error(result.why);
  return result;
}

describe('set image', () => {
  it('touches exactly the image, also where the name is that of the image', () => {
    const { text, changes } = changed({ agent: 'registry.test/other:2' });
    expect(text).toBe(object('registry.test/other:2'));
    expect(changes).toEqual([{ container: 'agent', before: 'registry.test/agent:1', after: 'registry.test/other:2' }]);
  });

  it('sets several containers at once, init containers too', () => {
    const { changes } = changed({ setup: 'setup:2', side: 'side:3', nobody: 'x:1' });
    expect(changes.map(({ container }) => container)).toEqual(['setup', 'side']);
  });

  it('changes nothing where the image is there already, nor for an empty one, not even the cause', () => {
    for (const wanted of [{ agent: 'registry.test/agent:1' }, { agent: '' }, {}]) {
      expect(changed(wanted, 'because')).toEqual({ ok: true, text: before, changes: [] });
    }
  });

  it('writes a change cause beside the other annotations, and none unless it was typed', () => {
    expect(changed({ agent: 'a:2' }, '  ').text).toBe(object('a:2'));
    expect(JSON.parse(changed({ agent: 'a:2' }, 'fix the leak').text)).toMatchObject({
      metadata: { annotations: { 'kubernetes.io/change-cause': 'fix the leak' } },
    });
    const result = setImages(object('a:1', { other: 'kept' }), { agent: 'a:2' }, 'why');
    expect(result.ok && JSON.parse(result.text)).toMatchObject({
      metadata: { annotations: { other: 'kept', 'kubernetes.io/change-cause': 'why' } },
    });
  });

  it.each([
    ['registry.test/agent:1', 'registry.test/agent:4'],
    ['mirror.test:5000/team/agent', 'mirror.test:5000/team/agent:4'],
    [`registry.test/agent@sha256:${'a'.repeat(64)}`, 'registry.test/agent:4'],
    [`registry.test/agent:1@sha256:${'a'.repeat(64)}`, 'registry.test/agent:4'],
  ])('gives %s another tag and keeps its repository', (image, after) => {
    const result = setImages(object(image), { agent: ':4' });
    expect(result.ok && result.changes).toEqual([{ container: 'agent', before: image, after }]);
    expect(imageProblem(':4')).toBeUndefined();
    expect(imageProblem(':not a tag')).toContain('not a tag');
  });

  it('says why an object cannot be changed', () => {
    expect(setImages('{', { agent: 'a:2' })).toMatchObject({ ok: false });
    expect(imagesIn('{')).toEqual([]);
  });

  it('lists the images by container, and says which one no node can pull', () => {
    expect(imagesIn(before).map(({ container }) => container)).toEqual(['setup', 'agent', 'side']);
    expect(imageProblem('agent:2')).toBeUndefined();
    expect(imageProblem('Agent:2')).toBe('No node can pull this image: the repository has to be lower case.');
  });
});
