export { BaseDataFields } from './BaseDataFields.tsx';
export { FormSteps } from './FormSteps.tsx';
export { StepBar } from './StepBar.tsx';
export { FormViewProvider, type FormView } from './form-context.ts';
export { createFormStore, type FormState, type FormStore } from './form-store.ts';
export { useClusterProblems } from './use-cluster-problems.ts';
export { useMatchingNodes } from './use-matching-nodes.ts';
export { useProjects } from './use-projects.ts';
export { useSettled } from './use-settled.ts';
