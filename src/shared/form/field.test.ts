import { describe, expect, it } from 'vitest';
import {
  choiceCodec,
  flagCodec,
  integerCodec,
  quantityCodec,
  textCodec,
  textListCodec,
  textMapCodec,
} from './codec.ts';
import { type Field, readField, writeField } from './field.ts';
import { fieldPathOf } from './form-document.ts';
import { edited, formOf } from '../../../tests/fakes/form-at-hand.ts';

function inSpec(yaml: string): string {
  return `kind: DaemonSet\nspec:\n  ${yaml}\n`;
}

function at<T>(codec: Field<T>['codec'], pruneEmpty = 0): Field<T> {
  return { path: ['spec', 'a', 'b'], codec, pruneEmpty };
}

describe('reading a field', () => {
  it.each([
    ['a: {b: x}', { state: 'present', value: 'x' }],
    ['a: {c: x}', { state: 'absent' }],
    ['c: 1', { state: 'absent' }],
    ['a: {b: null}', { state: 'absent' }],
    ['a: {b: }', { state: 'absent' }],
    ['a: {b: 1}', { state: 'foreign', why: 'The form does not know this value.', line: 3 }],
    ['a: {b: [x]}', { state: 'foreign', why: 'The form does not know this value.', line: 3 }],
  ])('%s', (yaml, state) => {
    expect(readField(formOf(inSpec(yaml)), at(textCodec))).toEqual(state);
  });

  it('is foreign behind an alias or a merge key, and says on which line', () => {
    const alias = readField(formOf('kind: DaemonSet\nx: &x {b: y}\nspec:\n  a: *x\n'), at(textCodec));
    expect(alias).toMatchObject({ state: 'foreign', line: 4 });
    const merged = readField(formOf('kind: DaemonSet\nx: &x {b: y}\nspec:\n  a:\n    <<: *x\n'), at(textCodec));
    expect(merged).toMatchObject({ state: 'foreign' });
  });
});

describe('writing a field', () => {
  it('makes its parents, and takes those along that it leaves empty', () => {
    const form = formOf(inSpec('x: 1'));
    const field = at(flagCodec, 1);
    const written = edited(form, writeField(form, field, true));
    expect(written.manifest).toEqual({ kind: 'DaemonSet', spec: { x: 1, a: { b: true } } });
    const cleared = edited(written, writeField(written, field, undefined));
    expect(cleared.manifest).toEqual(form.manifest);
  });

  it('writes nothing for the value that is there, and nothing at all into what is foreign', () => {
    const form = formOf(inSpec('a: {b: "x"} # kept'));
    expect(writeField(form, at(textCodec), 'x')).toEqual([]);
    expect(writeField(form, at(integerCodec), 3)).toEqual([]);
    expect(writeField(form, at(integerCodec), undefined)).toEqual([]);
  });

  it('removes an explicit null like any key', () => {
    const form = formOf(inSpec('a: {b: null, c: 1}'));
    expect(edited(form, writeField(form, at(textCodec), undefined)).manifest).toEqual({
      kind: 'DaemonSet',
      spec: { a: { c: 1 } },
    });
  });
});

describe('a codec', () => {
  it('keeps the kind in which a quantity is written', () => {
    expect([
      quantityCodec.read(2),
      quantityCodec.read(1.5),
      quantityCodec.read('100m'),
      quantityCodec.read(true),
    ]).toEqual(['2', '1.5', '100m', undefined]);
    expect([quantityCodec.write('3', 2), quantityCodec.write('3', '2'), quantityCodec.write('3m', 2)]).toEqual([
      3,
      '3',
      '3m',
    ]);
  });

  it('leaves a word that it does not know alone', () => {
    const codec = choiceCodec(['Always', 'Never']);
    expect([codec.read('Always'), codec.read('Sometimes')]).toEqual(['Always', undefined]);
  });

  it('reads lists and maps of strings only as a whole', () => {
    expect([textListCodec.read(['a', 'b']), textListCodec.read(['a', 1]), textListCodec.read('a')]).toEqual([
      ['a', 'b'],
      undefined,
      undefined,
    ]);
    expect([textMapCodec.read({ a: 'b' }), textMapCodec.read({ a: 1 }), textMapCodec.read([])]).toEqual([
      [['a', 'b']],
      undefined,
      undefined,
    ]);
  });

  it('does not round an integer that is beyond 2^53', () => {
    expect([integerCodec.read(7), integerCodec.read(9_007_199_254_740_993n), integerCodec.read(1.5)]).toEqual([
      7,
      undefined,
      undefined,
    ]);
  });
});

it('a path is worded as the server words it', () => {
  const { manifest } = formOf('kind: DaemonSet\nspec:\n  containers:\n    - name: a\n    - name: b\n');
  expect(fieldPathOf(manifest, ['spec', 'containers', { key: { name: 'b' } }, 'image'])).toBe(
    'spec.containers[1].image',
  );
  expect(fieldPathOf(manifest, ['metadata', 'annotations', 'kubesphere.io/alias-name'])).toBe(
    'metadata.annotations[kubesphere.io/alias-name]',
  );
});
