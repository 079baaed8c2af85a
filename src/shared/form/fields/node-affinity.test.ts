import { describe, expect, it } from 'vitest';
import { changedLines, edited, formOf } from '../../../../tests/fakes/form-at-hand.ts';
import { presentValue, writeField } from '../field.ts';
import { valueAt } from '../form-document.ts';
import * as affinity from './node-affinity.ts';

const PLAIN = `kind: DaemonSet
spec:
  template:
    spec:
      containers: [] # none yet
`;
const form = formOf(PLAIN);
const zone = { key: 'zone', operator: 'In', values: ['a'] };
const gpu = { key: 'gpu', operator: 'Exists', values: [] };

function withTerm(term: string, before = '') {
  const preferred = `nodeAffinity:\n          preferredDuringSchedulingIgnoredDuringExecution:\n            - ${term}\n`;
  return formOf(before + PLAIN.replace('      containers', `      affinity:\n        ${preferred}      containers`));
}

describe('required nodes', () => {
  it('are chosen by requirements, the last of which leaves nothing behind', () => {
    const one = edited(form, affinity.addNodeRequirementEdits(form, zone));
    const two = edited(one, affinity.addNodeRequirementEdits(one, gpu));
    expect(affinity.requiredNodeTerms(two)).toEqual([[zone, gpu]]);
    const first = edited(two, affinity.removeNodeRequirementEdits(0, 0));
    expect(edited(first, affinity.removeNodeRequirementEdits(0, 0)).text).toBe(PLAIN);
    const fields = formOf(two.text.replace('matchExpressions', 'matchFields'));
    expect(affinity.requiredNodeTerms(fields)).toBeUndefined();
  });
});

describe('preferred nodes', () => {
  it('are terms with a weight, the last requirement of which leaves nothing behind', () => {
    const one = edited(form, affinity.addPreferredTermEdits(zone));
    const two = edited(one, affinity.addPreferenceEdits(0, gpu));
    const three = edited(two, affinity.addPreferredTermEdits(gpu));
    expect(affinity.preferredNodeTerms(three)).toEqual([[zone, gpu], [gpu]]);
    const weighed = edited(three, writeField(three, affinity.preferenceWeight(1), 5));
    expect(changedLines(three.text, weighed.text)).toEqual(['- - weight: 100', '+ - weight: 5']);
    const less = edited(weighed, affinity.removePreferenceEdits(weighed, 0, 0));
    expect(affinity.preferredNodeTerms(less)).toEqual([[gpu], [gpu]]);
    const last = edited(less, affinity.removePreferenceEdits(less, 0, 0));
    expect(presentValue(last, affinity.preferenceWeight(0))).toBe(5);
    expect(edited(last, affinity.removePreferredTermEdits(0)).text).toBe(PLAIN);
  });

  it('stand beside what else is in the affinity, which stays as it is written', () => {
    const before = edited(form, affinity.addNodeRequirementEdits(form, zone));
    const own = formOf(
      before.text.replace('        nodeAffinity', '        podAffinity: {} # ours\n        nodeAffinity'),
    );
    const both = edited(own, affinity.addPreferredTermEdits(gpu));
    expect(affinity.requiredNodeTerms(both)).toEqual([[zone]]);
    expect(edited(both, affinity.removePreferredTermEdits(0)).text).toBe(own.text);
  });

  it('keep what the form does not know of a term', () => {
    const own = withTerm(
      '{weight: 3, note: kept, preference: {matchExpressions: [{key: gpu, operator: Exists}]}} # why',
    );
    const changed = edited(own, [
      ...writeField(own, affinity.preferenceWeight(0), 4),
      ...affinity.addPreferenceEdits(0, zone),
    ]);
    expect(valueAt(changed.manifest, [...affinity.PREFERRED_TERMS, 0])).toEqual({
      weight: 4,
      note: 'kept',
      preference: { matchExpressions: [{ key: 'gpu', operator: 'Exists' }, zone] },
    });
    expect(changed.text).toContain('# why');
  });

  it.each([
    ['{weight: 3}', [[]]],
    ['{weight: 3, preference: {matchFields: []}}', [undefined]],
    ['{weight: 3, preference: {matchExpressions: all}}', [undefined]],
    ['all', [undefined]],
  ])('of the shape %s are read as %j', (term, terms) => {
    expect(affinity.preferredNodeTerms(withTerm(term))).toEqual(terms);
  });

  it('that an alias decides are left alone', () => {
    const aliased = withTerm('*term', 'x: &term {weight: 1, preference: {}}\n');
    expect(affinity.preferredNodeTerms(aliased)).toEqual([undefined]);
  });
});
