import { FORM_STEPS, type FormStep, STEP_NAMES } from '../../../shared/form/steps.ts';
import classes from './StepBar.module.css';

export interface StepBarProps {
  readonly step: FormStep;
  readonly problems: ReadonlyMap<FormStep, number>;
  readonly visited: ReadonlySet<FormStep>;
  readonly onStep: (step: FormStep) => void;
}

/** The steps in their order: which one is shown, which have been seen, and how many problems each has. */
export function StepBar({ step, problems, visited, onStep }: StepBarProps) {
  return (
    <nav aria-label="Steps">
      <ol className={classes.steps}>
        {FORM_STEPS.map((each, index) => {
          const count = problems.get(each) ?? 0;
          const isSeen = visited.has(each) && each !== step;
          const tone = isSeen && each !== 'review' ? (count > 0 ? 'bad' : 'good') : 'quiet';
          return (
            <li key={each}>
              <button
                type="button"
                className={classes.step}
                data-tone={tone}
                aria-current={each === step ? 'step' : undefined}
                onClick={() => onStep(each)}
              >
                <span aria-hidden>{tone === 'good' ? '✓' : index + 1}</span>
                <span>{STEP_NAMES[each]}</span>
                {isSeen && count > 0 && (
                  <span className={classes.count}>{count === 1 ? '1 problem' : `${count} problems`}</span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
