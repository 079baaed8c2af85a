import { useState } from 'react';
import type { ContainersPlace, FormPlace, FormStep } from '../../../shared/form/steps.ts';
import { AdvancedStep } from './AdvancedStep.tsx';
import { BaseInfoStep } from './BaseInfoStep.tsx';
import { ContainersStep } from './ContainersStep.tsx';
import { VolumesStep } from './VolumesStep.tsx';

export interface FormStepsProps {
  readonly step: Exclude<FormStep, 'review'>;
  /** Where to go within the containers step, when something asks for it. */
  readonly place: FormPlace | undefined;
  /** A live object's name, namespace and selector are fixed. */
  readonly fixed?: boolean | undefined;
}

/** One step of the form; the containers step remembers what it showed. */
export function FormSteps({ step, place, fixed }: FormStepsProps) {
  const asked = place?.step === 'containers' ? place : undefined;
  const [chosen, setChosen] = useState<ContainersPlace>();
  const [followed, setFollowed] = useState<ContainersPlace>();
  if (asked !== followed) {
    setFollowed(asked);
    setChosen(asked);
  }
  switch (step) {
    case 'base':
      return <BaseInfoStep fixed={fixed} />;
    case 'containers':
      return <ContainersStep place={chosen} onPlace={setChosen} />;
    case 'volumes':
      return <VolumesStep />;
    case 'advanced':
      return <AdvancedStep />;
  }
}
