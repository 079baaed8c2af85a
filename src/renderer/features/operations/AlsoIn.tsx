import { Checkbox } from '@mantine/core';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { isOpen, useContexts } from '../../live/use-contexts.ts';
import classes from './SetImageDialog.module.css';
import { usePermissionsIn } from './use-daemonset-permissions.ts';

export interface AlsoInProps {
  /** Where the objects were chosen. */
  readonly contextName: string;
  readonly namespaces: readonly string[];
  readonly chosen: readonly string[];
  readonly disabled: boolean;
  readonly onChange: (contextNames: readonly string[]) => void;
}

/** The other clusters that are open: the same namespaces and names there. */
export function AlsoIn({ contextName, chosen, onChange, ...rest }: AlsoInProps) {
  const contexts = useContexts().value?.contexts ?? [];
  const others = contexts.filter((context) => context.contextName !== contextName && isOpen(context));
  if (others.length === 0) return null;
  return (
    <fieldset className={classes.choice}>
      <legend>The same in other open contexts</legend>
      <div className={classes.contexts}>
        {others.map((context) => (
          <Other
            key={context.contextName}
            {...rest}
            context={context}
            checked={chosen.includes(context.contextName)}
            onToggle={(isChosen) => {
              const left = chosen.filter((each) => each !== context.contextName);
              onChange(isChosen ? [...left, context.contextName] : left);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface OtherProps {
  readonly context: KubeContextRow;
  readonly namespaces: readonly string[];
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onToggle: (isChosen: boolean) => void;
}

function Other({ context, namespaces, checked, disabled, onToggle }: OtherProps) {
  const { allowed, reason } = usePermissionsIn(context.contextName, namespaces).patch;
  return (
    <Checkbox
      label={context.displayName}
      description={reason}
      checked={checked && allowed}
      disabled={disabled || !allowed}
      onChange={(event) => onToggle(event.currentTarget.checked)}
    />
  );
}
