import { type RefObject, useState } from 'react';
import type { FormPlace, FormStep } from '../../../shared/form/steps.ts';
import type { ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import { type ShownSides, useShownSides } from '../form/index.ts';

export interface Wizard {
  readonly view: ShownSides;
  readonly setView: (view: ShownSides) => void;
  readonly step: FormStep;
  readonly visited: ReadonlySet<FormStep>;
  /** Steps that were shown and left again. */
  readonly left: ReadonlySet<FormStep>;
  readonly place: FormPlace | undefined;
  readonly goTo: (step: FormStep, place?: FormPlace) => void;
  /** Shows the YAML too, where it is not shown. */
  readonly showYaml: () => void;
  /** Shows the YAML, at a line. */
  readonly editYaml: (line?: number) => void;
}

/** Which step and which view are shown. */
export function useWizard(editor: RefObject<ManifestEditorHandle | null>, onReview: () => void): Wizard {
  const sides = useShownSides(editor);
  const [step, setStep] = useState<FormStep>('base');
  const [visited, setVisited] = useState<ReadonlySet<FormStep>>(new Set(['base']));
  const [left, setLeft] = useState<ReadonlySet<FormStep>>(new Set());
  const [place, setPlace] = useState<FormPlace>();
  return {
    ...sides,
    step,
    visited,
    left,
    place,
    goTo: (next, at) => {
      setStep(next);
      setPlace(at);
      setLeft((before) => new Set([...before, step]));
      setVisited((seen) => new Set([...seen, step, next]));
      if (next === 'review') onReview();
    },
    showYaml: () => sides.setView((before) => (before === 'form' ? 'both' : before)),
  };
}
