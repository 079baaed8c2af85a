import { Autocomplete } from '@mantine/core';
import classes from './Form.module.css';
import { type ConfigKind, useConfigOffers, useKeyOffers } from './use-config-offers.ts';

export interface KeyReferenceProps {
  readonly label: string;
  readonly kind: ConfigKind;
  readonly name: string;
  readonly objectKey: string;
  readonly onChange: (next: { readonly name?: string; readonly key?: string }) => void;
}

/** A key of a ConfigMap or Secret: both are offered, and either may be typed. */
export function KeyReference({ label, kind, name, objectKey, onChange }: KeyReferenceProps) {
  const objects = useConfigOffers(kind);
  const keys = useKeyOffers(kind, name);
  const className = classes.grow ?? '';
  return (
    <>
      <Autocomplete
        size="xs"
        className={className}
        aria-label={`${label}, ${kind}`}
        placeholder={kind}
        title={objects.none}
        data={objects.items.map((each) => each.name)}
        value={name}
        onChange={(next) => onChange({ name: next })}
      />
      <Autocomplete
        size="xs"
        className={className}
        aria-label={`${label}, key`}
        placeholder="key"
        title={keys.none}
        data={[...keys.items]}
        value={objectKey}
        onChange={(next) => onChange({ key: next })}
      />
    </>
  );
}
