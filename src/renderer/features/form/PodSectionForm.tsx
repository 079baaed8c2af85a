import type { ComponentType } from 'react';
import { SECTION_NAMES, type PodSection } from '../../../shared/form/steps.ts';
import classes from './Form.module.css';
import { HostFields } from './HostFields.tsx';
import { IdentityFields } from './IdentityFields.tsx';
import { PodSecurityFields } from './PodSecurityFields.tsx';
import { SchedulingFields } from './SchedulingFields.tsx';
import { StrategyFields } from './StrategyFields.tsx';

const FORMS: Readonly<Record<PodSection, ComponentType>> = {
  strategy: StrategyFields,
  scheduling: SchedulingFields,
  security: PodSecurityFields,
  host: HostFields,
  identity: IdentityFields,
};

/** One part of what is set for the pod as a whole. */
export function PodSectionForm({ section }: { readonly section: PodSection }) {
  const Section = FORMS[section];
  return (
    <section className={classes.stack} aria-label={SECTION_NAMES[section]}>
      <h2 className={classes.title}>{SECTION_NAMES[section]}</h2>
      <Section />
    </section>
  );
}
