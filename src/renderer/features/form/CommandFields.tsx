import {
  argsField,
  commandField,
  stdinField,
  TERMINATION_MESSAGE_POLICIES,
  terminationMessagePathField,
  terminationMessagePolicyField,
  ttyField,
  workingDirField,
} from '../../../shared/form/fields/container-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField, FlagField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { ListField } from './ListField.tsx';
import { TextField } from './TextField.tsx';

/** What runs in a container, in place of what its image says. */
export function CommandFields({ container }: { readonly container: ManifestPath }) {
  return (
    <>
      <ListField
        label="Command"
        item="word"
        field={commandField(container)}
        help="In place of the image's entrypoint. Each word has its own row; a pasted shell line is split."
      />
      <ListField
        label="Arguments"
        item="argument"
        field={argsField(container)}
        help="In place of the image's arguments; $(NAME) is the value of a variable."
      />
      <div className={classes.grid}>
        <TextField label="Working directory" field={workingDirField(container)} placeholder="image's" />
        <FlagField label="Standard input open" field={stdinField(container)} />
        <FlagField label="Terminal" field={ttyField(container)} />
        <TextField
          label="Termination message path"
          field={terminationMessagePathField(container)}
          placeholder="/dev/termination-log"
        />
        <ChoiceField
          label="Termination message policy"
          field={terminationMessagePolicyField(container)}
          choices={TERMINATION_MESSAGE_POLICIES}
          unset="Default (File)"
        />
      </div>
    </>
  );
}
