import type { ComponentProps } from 'react';
import { useStore } from 'zustand';
import type { FormStore } from './form-store.ts';
import { YamlPane } from './YamlPane.tsx';

export interface FollowingYamlProps extends Omit<ComponentProps<typeof YamlPane>, 'text'> {
  readonly store: FormStore['store'];
}

/** The text of a form's store: all that a key renders. */
export function FollowingYaml({ store, ...rest }: FollowingYamlProps) {
  return <YamlPane {...rest} text={useStore(store, ({ text }) => text)} />;
}
