import { Radio, Stack } from '@mantine/core';
import type { PropagationPolicy } from '../../../shared/contract/daemonset.ts';
import { POLICIES, policyWords } from './propagation.ts';

export interface PropagationChoiceProps {
  readonly label: string;
  readonly value: PropagationPolicy;
  readonly disabled?: boolean;
  readonly onChange: (policy: PropagationPolicy) => void;
}

/** What becomes of the pods. */
export function PropagationChoice({ label, value, disabled = false, onChange }: PropagationChoiceProps) {
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(chosen) => onChange(POLICIES.find((policy) => policy === chosen) ?? 'Background')}
    >
      <Stack gap={8} mt={6}>
        {POLICIES.map((policy) => (
          <Radio key={policy} value={policy} label={policy} description={policyWords(policy)} disabled={disabled} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
