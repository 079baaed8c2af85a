import { describe, expect, it } from 'vitest';
import { parseFieldPath } from './field-path.ts';
import { lineOfPath, pathFinder } from './line-of-path.ts';

const text = `# a log collector
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: fluent-bit
  labels:
    app.kubernetes.io/name: fluent-bit
    a.b/c: x
  annotations: &notes
    "odd.key/x": y
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: b}, annotations: *notes}
    spec:
      containers:
        - name: one
          image: busybox
        - image: nginx
          name: two
          ports:
            - containerPort: 70000
      volumes:
      - name: varlog
`;

describe('the line of a field path', () => {
  it.each([
    ['spec', 11, 1],
    ['spec.template.spec.containers[0].image', 18, 11],
    ['spec.template.spec.containers[1].name', 20, 11],
    ['spec.template.spec.containers[1]', 19, 11],
    ['spec.template.spec.containers[1].ports[0].containerPort', 22, 15],
    ['spec.template.spec.volumes[0].name', 24, 9],
    ['metadata.labels[a.b/c]', 8, 5],
    ['metadata.labels[app.kubernetes.io/name]', 7, 5],
    ['metadata.labels.app.kubernetes.io/name', 7, 5],
    ['metadata.annotations[odd.key/x]', 10, 5],
    ['metadata.annotations["odd.key/x"]', 10, 5],
    ['spec.selector.matchLabels', 12, 14],
    ['spec.template.metadata.labels', 14, 16],
    ['spec.template.metadata.annotations[odd.key/x]', 10, 5],
  ])('finds %s at %i:%i', (path, line, column) => {
    expect(lineOfPath(text, path)).toEqual({ line, column });
  });

  it.each([
    ['spec.template.spec.containers[0].resources.limits[cpu]', 17],
    ['spec.template.spec.containers[7].image', 16],
    ['spec.template.spec.hostNetwork', 15],
    ['spec.updateStrategy.rollingUpdate', 11],
    ['metadata.labels[missing]', 6],
    ['metadata.name.deeper', 5],
    ['status.x', 2],
    ['', 2],
  ])('answers the nearest parent of %j, which is missing: line %i', (path, line) => {
    expect(lineOfPath(text, path)?.line).toBe(line);
  });

  it('finds several paths in a text that is parsed once', () => {
    const find = pathFinder(text);
    expect(find('kind')?.line).toBe(3);
    expect(find('metadata')?.line).toBe(4);
  });

  it('knows no line in an empty text', () => {
    expect(lineOfPath('', 'spec')).toBeUndefined();
    expect(lineOfPath('# c\n', 'spec')).toBeUndefined();
  });

  it('still finds what it can in a text that does not parse to its end', () => {
    expect(lineOfPath('spec:\n  a: 1\n  b: [\n', 'spec.a')).toEqual({ line: 2, column: 3 });
  });
});

describe('the steps of a field path', () => {
  it('keeps dots and brackets of a key together', () => {
    expect(parseFieldPath('a.b[0][x.y/z].c').map((step) => step.text)).toEqual(['a', 'b', '0', 'x.y/z', 'c']);
    expect(parseFieldPath('labels[a]b].c').map((step) => step.text)).toEqual(['labels', 'a]b', 'c']);
    expect(parseFieldPath('labels[unclosed').map((step) => step.text)).toEqual(['labels', 'unclosed']);
  });
});
