import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { FormState, FormStore } from './form-store.ts';

/** What is known of a text: a key changes none of it until the text is read anew. */
export type FormRead = Omit<FormState, 'text' | 'history'> & { readonly canUndo: boolean; readonly canRedo: boolean };

/** Renders when something else was read, not with each key. */
export function useFormRead(store: FormStore['store']): FormRead {
  return useStore(store, useShallow(readOf));
}

function readOf({ readText, form, refusal, isReading, problems, refused, history }: FormState): FormRead {
  const { canUndo, canRedo } = history;
  return { readText, form, refusal, isReading, problems, refused, canUndo, canRedo };
}

/** Whether the text is still this one. */
export function useIsText(store: FormStore['store'], text: string | undefined): boolean {
  return useStore(store, (state) => text !== undefined && state.text === text);
}
