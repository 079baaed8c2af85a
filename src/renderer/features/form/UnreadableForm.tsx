import { Button } from '@mantine/core';
import type { FormRefusal } from '../../../shared/form/open-form.ts';
import { EmptyState } from '../../components/EmptyState.tsx';

export interface UnreadableFormProps {
  readonly refusal: FormRefusal | undefined;
  readonly editYaml: (line?: number) => void;
}

/** In the form's place, for a text that is no form. */
export function UnreadableForm({ refusal, editYaml }: UnreadableFormProps) {
  return (
    <EmptyState title="The form cannot show this text">
      <span>
        Line {refusal?.line ?? 1}: {refusal?.message}. Nothing of it is lost: it is edited as YAML.
      </span>
      <Button onClick={() => editYaml(refusal?.line)}>Edit YAML</Button>
    </EmptyState>
  );
}
