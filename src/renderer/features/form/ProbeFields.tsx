import { Select } from '@mantine/core';
import {
  PROBE_HANDLERS,
  PROBE_KINDS,
  PROBE_TIMINGS,
  probeHandler,
  probeHandlerEdits,
  type ProbeKind,
  probePath,
  timingField,
} from '../../../shared/form/fields/probe-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ActionFields, ActionRows } from './ActionFields.tsx';
import classes from './Form.module.css';
import { FieldFrame, Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { IntegerField } from './ParsedField.tsx';
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
        {handler !== 'off' && <ActionFields path={path} action={handler} />}
      </div>
      {handler !== 'off' && <ActionRows path={path} action={handler} command="Probe command" />}
      {handler !== 'off' && <Timings kind={kind} path={path} />}
    </div>
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
