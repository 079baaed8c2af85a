import { Button, Menu } from '@mantine/core';
import { formatManifestPath } from '../../../shared/manifest/manifest-path.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { FORM_STEPS, placeOfPath, STEP_NAMES } from '../../../shared/form/steps.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import type { FormRead } from '../form/index.ts';
import classes from './CreatePage.module.css';
import type { Wizard } from './use-wizard.ts';

export interface WizardFootProps {
  readonly wizard: Wizard;
  readonly formRead: FormRead;
  readonly problems: readonly FormProblem[];
}

/** What is wrong anywhere, a click from its field, and the way through the steps. */
export function WizardFoot({ wizard, formRead, problems }: WizardFootProps) {
  const { step, goTo: onStep } = wizard;
  const { refused, form } = formRead;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const index = FORM_STEPS.indexOf(step);
  const [back, next] = [FORM_STEPS[index - 1], FORM_STEPS[index + 1]];
  return (
    <footer className={classes.wizardFoot}>
      {form && <Problems problems={problems} errors={errors.length} onStep={onStep} />}
      {refused && (
        <span className={classes.refused} role="alert">
          Not changed: {refused.message} ({formatManifestPath(refused.path)}, line {refused.line}).
        </span>
      )}
      <span className={classes.actions}>
        {back && <Button onClick={() => onStep(back)}>Back</Button>}
        {next && (
          <Button variant="filled" onClick={() => onStep(next)}>
            Next: {STEP_NAMES[next]}
          </Button>
        )}
      </span>
    </footer>
  );
}

interface ProblemsProps {
  readonly problems: readonly FormProblem[];
  readonly errors: number;
  readonly onStep: Wizard['goTo'];
}

function Problems({ problems, errors, onStep }: ProblemsProps) {
  if (problems.length === 0) return <StatusBadge tone="good">No problems</StatusBadge>;
  const warnings = problems.length - errors;
  const words = errors > 0 ? counted(errors, 'problem') : counted(warnings, 'warning');
  return (
    <Menu position="top-start" width={460}>
      <Menu.Target>
        <button type="button" className={classes.problemsButton}>
          <StatusBadge tone="warn">{words}</StatusBadge>
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.problemsMenu ?? ''}>
        {problems.map(({ path, message, severity }, index) => (
          <Menu.Item
            key={`${index} ${path} ${message}`}
            onClick={() => onStep(placeOfPath(path).step, placeOfPath(path))}
          >
            <span className={severity === 'error' ? classes.error : classes.muted}>{message}</span> <code>{path}</code>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
