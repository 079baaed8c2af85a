import { type RefObject, useEffect, useState } from 'react';
import type { FormPlace, FormStep } from '../../../shared/form/steps.ts';
import type { ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import type { CreateView } from './create-view.ts';

export interface Wizard {
  readonly view: CreateView;
  readonly setView: (view: CreateView) => void;
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
  const [view, setView] = useState<CreateView>('form');
  const [step, setStep] = useState<FormStep>('base');
  const [visited, setVisited] = useState<ReadonlySet<FormStep>>(new Set(['base']));
  const [left, setLeft] = useState<ReadonlySet<FormStep>>(new Set());
  const [place, setPlace] = useState<FormPlace>();
  const [revealed, setRevealed] = useState<number>();
  useEffect(() => {
    if (revealed === undefined || view === 'form') return;
    editor.current?.reveal(revealed);
    setRevealed(undefined);
  }, [editor, revealed, view]);
  return {
    view,
    setView,
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
    showYaml: () => setView((before) => (before === 'form' ? 'both' : before)),
    editYaml: (line) => {
      setView((before) => (before === 'both' ? before : 'yaml'));
      if (line !== undefined) setRevealed(line);
    },
  };
}
