import { Select } from '@mantine/core';
import {
  HOOK_HANDLERS,
  HOOKS,
  hookEdits,
  hookHandler,
  hookPath,
  sleepSecondsField,
} from '../../../shared/form/fields/lifecycle-fields.ts';
import {
  execCommandField,
  HTTP_SCHEMES,
  httpPathField,
  httpSchemeField,
  parsePort,
  probeHostField,
  probePortField,
} from '../../../shared/form/fields/probe-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { FieldFrame, Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { HttpHeaderFields } from './HttpHeaderFields.tsx';
import { ListField } from './ListField.tsx';
import { IntegerField, ParsedField } from './ParsedField.tsx';
import { TextField } from './TextField.tsx';

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
        {handler === 'httpGet' && (
          <>
            <ChoiceField label="Scheme" field={httpSchemeField(path)} choices={HTTP_SCHEMES} unset="Default (HTTP)" />
            <TextField label="Path" field={httpPathField(path)} placeholder="/" />
          </>
        )}
        {(handler === 'httpGet' || handler === 'tcpSocket') && (
          <>
            <ParsedField
              label="Port"
              field={probePortField(path, handler)}
              parse={parsePort}
              format={String}
              expected="A number from 1 to 65535, or the name of a port."
            />
            <TextField label="Host" field={probeHostField(path, handler)} placeholder="pod IP" />
          </>
        )}
      </div>
      {handler === 'exec' && <ListField label={`${name}, command`} item="argument" field={execCommandField(path)} />}
      {handler === 'httpGet' && <HttpHeaderFields path={[...path, 'httpGet', 'httpHeaders']} />}
    </div>
  );
}
