import { Select } from '@mantine/core';
import {
  HOOK_HANDLERS,
  type HookHandler,
  HOOKS,
  hookEdits,
  hookHandler,
  hookPath,
  sleepSecondsField,
} from '../../../shared/form/fields/lifecycle-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ActionFields, ActionRows } from './ActionFields.tsx';
import classes from './Form.module.css';
import { FieldFrame, Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { IntegerField } from './ParsedField.tsx';

const NAMES = { postStart: 'After start', preStop: 'Before stop' } as const;
const WAYS = { exec: 'Exec (command)', httpGet: 'HTTP GET', tcpSocket: 'TCP socket', sleep: 'Sleep' } as const;

/** What is done just after a container starts, and before it is stopped. */
export function LifecycleFields({ container }: { readonly container: ManifestPath }) {
  return (
    <div className={classes.stack}>
      {HOOKS.map((hook) => (
        <Hook key={hook} name={NAMES[hook]} path={hookPath(container, hook)} />
      ))}
    </div>
  );
}

function Hook({ name, path }: { readonly name: string; readonly path: ManifestPath }) {
  const { form, actions } = useForm();
  const handler = hookHandler(form, path);
  if (handler === 'unknown') return <Foreign label={name} why={`${name}: the form does not know what is done.`} />;
  return (
    <div className={classes.rows} role="group" aria-label={name}>
      <div className={classes.grid}>
        <FieldFrame label={name}>
          {(control) => (
            <Select
              {...control}
              data={[
                { value: 'off', label: 'Nothing' },
                ...HOOK_HANDLERS.map((way) => ({ value: way as string, label: WAYS[way] })),
              ]}
              value={handler}
              allowDeselect={false}
              onChange={(chosen) =>
                actions.edit(hookEdits(form, path, HOOK_HANDLERS.find((way) => way === chosen) ?? 'off'))
              }
            />
          )}
        </FieldFrame>
        {handler === 'sleep' && <IntegerField label="Seconds" field={sleepSecondsField(path)} />}
        {isAction(handler) && <ActionFields path={path} action={handler} />}
      </div>
      {isAction(handler) && <ActionRows path={path} action={handler} command={`${name}, command`} />}
    </div>
  );
}

function isAction(handler: HookHandler | 'off'): handler is Exclude<HookHandler, 'sleep'> {
  return handler !== 'off' && handler !== 'sleep';
}
