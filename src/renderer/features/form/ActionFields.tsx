import {
  execCommandField,
  grpcServiceField,
  HTTP_SCHEMES,
  httpPathField,
  httpSchemeField,
  parsePort,
  probeHostField,
  probePortField,
} from '../../../shared/form/fields/probe-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { HttpHeaderFields } from './HttpHeaderFields.tsx';
import { ListField } from './ListField.tsx';
import { ParsedField } from './ParsedField.tsx';
import { TextField } from './TextField.tsx';

export type Action = 'httpGet' | 'tcpSocket' | 'exec' | 'grpc';

export interface ActionFieldsProps {
  /** Of the probe or hook that does it. */
  readonly path: ManifestPath;
  readonly action: Action;
}

/** Whom a probe or a hook asks: scheme, path, port, host, service. */
export function ActionFields({ path, action }: ActionFieldsProps) {
  return (
    <>
      {action === 'httpGet' && (
        <>
          <ChoiceField label="Scheme" field={httpSchemeField(path)} choices={HTTP_SCHEMES} unset="Default (HTTP)" />
          <TextField label="Path" field={httpPathField(path)} placeholder="/" />
        </>
      )}
      {action !== 'exec' && (
        <ParsedField
          label="Port"
          field={probePortField(path, action)}
          parse={parsePort}
          format={String}
          expected="A number from 1 to 65535, or the name of a port."
          placeholder="8080 or http"
        />
      )}
      {(action === 'httpGet' || action === 'tcpSocket') && (
        <TextField label="Host" field={probeHostField(path, action)} placeholder="pod IP" />
      )}
      {action === 'grpc' && <TextField label="Service" field={grpcServiceField(path)} placeholder="all" />}
    </>
  );
}

/** What of an action takes a row of its own: the words of a command, the headers of a request. */
export function ActionRows({ path, action, command }: ActionFieldsProps & { readonly command: string }) {
  if (action === 'exec') return <ListField label={command} item="argument" field={execCommandField(path)} />;
  if (action === 'httpGet') return <HttpHeaderFields path={[...path, 'httpGet', 'httpHeaders']} />;
  return null;
}
