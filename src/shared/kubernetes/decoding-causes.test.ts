import { describe, expect, it } from 'vitest';
import { decodingCauses } from './decoding-causes.ts';

describe('the fields that a decoding error names', () => {
  it('finds every unknown and duplicate field of a strict decoding error', () => {
    const message =
      'DaemonSet in version "v1" cannot be handled as a DaemonSet: strict decoding error: unknown field "spec.foo", duplicate field "spec.template.spec.containers[0].image"';
    expect(decodingCauses(message)).toEqual([
      { path: 'spec.foo', message: 'unknown field' },
      { path: 'spec.template.spec.containers[0].image', message: 'the field is there twice' },
    ]);
  });

  it.each([
    ['string', 'int32', 'a string stands where a whole number is wanted'],
    ['number', 'string', 'a number stands where a string is wanted'],
    ['number 2147483648', 'int32', 'a number stands where a whole number is wanted'],
    ['string', 'bool', 'a string stands where true or false is wanted'],
    ['object', '[]v1.Container', 'an object stands where a list is wanted'],
    ['array', 'map[string]string', 'an array stands where a map is wanted'],
    ['number', 'v1.PodSpec', 'a number stands where an object (v1.PodSpec) is wanted'],
  ])('words a %s for a %s', (found, wanted, words) => {
    const message = `cannot be handled: json: cannot unmarshal ${found} into Go struct field DaemonSet.spec.minReadySeconds of type ${wanted}`;
    expect(decodingCauses(message)).toEqual([{ path: 'spec.minReadySeconds', message: words }]);
  });

  it('finds nothing in other words', () => {
    expect(decodingCauses('the object has been modified')).toEqual([]);
  });
});
