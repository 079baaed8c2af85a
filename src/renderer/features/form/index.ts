export { BaseDataFields } from './BaseDataFields.tsx';
export { FormSteps } from './FormSteps.tsx';
export { StepBar } from './StepBar.tsx';
export { type FormReader, isLargeText } from './form-reader.ts';
export { FormViewProvider, type FormView } from './form-context.ts';
export { createFormStore, type FormState, type FormStore } from './form-store.ts';
export { useMatchingNodes } from './use-matching-nodes.ts';
