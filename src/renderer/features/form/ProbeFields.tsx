import { Select } from '@mantine/core';
import {
  execCommandField,
  grpcServiceField,
  HTTP_SCHEMES,
  httpPathField,
  httpSchemeField,
  parsePort,
  PROBE_HANDLERS,
  PROBE_KINDS,
  PROBE_TIMINGS,
  probeHandler,
  probeHandlerEdits,
  probeHostField,
  type ProbeKind,
  probePath,
  probePortField,
  timingField,
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
import { useProblems } from './use-field.ts';

const NAMES: Readonly<Record<ProbeKind, string>> = {
  livenessProbe: 'Liveness probe',
  readinessProbe: 'Readiness probe',
  startupProbe: 'Startup probe',
};
const WAYS = { httpGet: 'HTTP GET', tcpSocket: 'TCP socket', exec: 'Exec (command)', grpc: 'gRPC' } as const;
const TIMING_NAMES = {
  initialDelaySeconds: 'Initial delay (s)',
  periodSeconds: 'Period (s)',
  timeoutSeconds: 'Timeout (s)',
  successThreshold: 'Success threshold',
  failureThreshold: 'Failure threshold',
} as const;

export function ProbeFields({ container }: { readonly container: ManifestPath }) {
  return (
    <div className={classes.stack}>
      {PROBE_KINDS.map((kind) => (
        <Probe key={kind} kind={kind} path={probePath(container, kind)} />
      ))}
    </div>
  );
}

function Probe({ kind, path }: { readonly kind: ProbeKind; readonly path: ManifestPath }) {
  const { form, actions } = useForm();
  const handler = probeHandler(form, path);
  const { error } = useProblems(path);
  const change = (chosen: string | null) => {
    const way = PROBE_HANDLERS.find((each) => each === chosen) ?? 'off';
    actions.edit(probeHandlerEdits(form, path, way));
  };
  if (handler === 'unknown') {
    return (
      <div>
        <span className={classes.label}>{NAMES[kind]}</span>
        <Foreign label={NAMES[kind]} why="The form does not know how this probe asks." />
      </div>
    );
  }
  return (
    <div className={classes.rows} role="group" aria-label={NAMES[kind]}>
      <div className={classes.grid}>
        <FieldFrame label={NAMES[kind]} error={error}>
          {(control) => (
            <Select
              {...control}
              data={[
                { value: 'off', label: 'Off' },
                ...PROBE_HANDLERS.map((way) => ({ value: way as string, label: WAYS[way] })),
              ]}
              value={handler}
              allowDeselect={false}
              onChange={change}
            />
          )}
        </FieldFrame>
        {handler === 'httpGet' && (
          <>
            <ChoiceField label="Scheme" field={httpSchemeField(path)} choices={HTTP_SCHEMES} unset="Default (HTTP)" />
            <TextField label="Path" field={httpPathField(path)} placeholder="/" />
          </>
        )}
        {(handler === 'httpGet' || handler === 'tcpSocket' || handler === 'grpc') && (
          <PortField path={path} handler={handler} />
        )}
        {(handler === 'httpGet' || handler === 'tcpSocket') && (
          <TextField label="Host" field={probeHostField(path, handler)} placeholder="pod IP" />
        )}
        {handler === 'grpc' && <TextField label="Service" field={grpcServiceField(path)} placeholder="all" />}
      </div>
      {handler === 'exec' && <ListField label="Probe command" item="argument" field={execCommandField(path)} />}
      {handler === 'httpGet' && <HttpHeaderFields path={[...path, 'httpGet', 'httpHeaders']} />}
      {handler !== 'off' && <Timings kind={kind} path={path} />}
    </div>
  );
}

function PortField({
  path,
  handler,
}: {
  readonly path: ManifestPath;
  readonly handler: 'httpGet' | 'tcpSocket' | 'grpc';
}) {
  return (
    <ParsedField
      label="Port"
      field={probePortField(path, handler)}
      parse={parsePort}
      format={String}
      expected="A number from 1 to 65535, or the name of a port."
      placeholder="8080 or http"
    />
  );
}

function Timings({ kind, path }: { readonly kind: ProbeKind; readonly path: ManifestPath }) {
  return (
    <div className={classes.grid}>
      {PROBE_TIMINGS.map((timing) => (
        <IntegerField
          key={timing.name}
          label={TIMING_NAMES[timing.name]}
          field={timingField(path, timing.name)}
          placeholder={`${timing.default}`}
          help={`At least ${timing.min}.`}
        />
      ))}
      {kind !== 'readinessProbe' && (
        <IntegerField
          label="Grace period when it fails (s)"
          field={timingField(path, 'terminationGracePeriodSeconds')}
          placeholder="the pod's"
        />
      )}
    </div>
  );
}
