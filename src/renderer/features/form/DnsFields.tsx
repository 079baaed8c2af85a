import { ActionIcon, Button, TagsInput, TextInput } from '@mantine/core';
import {
  addDnsOptionEdits,
  addHostAliasEdits,
  DNS_NAMESERVERS,
  DNS_OPTIONS,
  DNS_SEARCHES,
  HOST_ALIASES,
  hostAliasIpField,
  hostAliasNamesField,
  hostAliasPaths,
  removeDnsOptionEdits,
  removeHostAliasEdits,
  setDnsOptionEdits,
} from '../../../shared/form/fields/dns-fields.ts';
import { writeField } from '../../../shared/form/field.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import classes from './Form.module.css';
import { FieldFrame, Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { ListField } from './ListField.tsx';
import { groupOf, useField, useProblemsUnder } from './use-field.ts';

/** How the pods look up names, beside what their DNS policy gives them. */
export function DnsFields() {
  return (
    <>
      <ListField
        label="Name servers"
        item="name server"
        field={DNS_NAMESERVERS}
        help="Asked after those of the DNS policy; with the policy None these alone. At most 3."
      />
      <ListField
        label="Search domains"
        item="search domain"
        field={DNS_SEARCHES}
        help="Tried after those of the DNS policy. At most 32."
      />
      <DnsOptions />
      <HostAliases />
    </>
  );
}

function DnsOptions() {
  const { actions } = useForm();
  const { state, value = [] } = useField(DNS_OPTIONS);
  const problems = useProblemsUnder(DNS_OPTIONS.path);
  const [problem] = problems;
  return (
    <FieldFrame label="DNS options" error={problem?.message} state={state} wide hideLabel>
      {() => (
        <div className={classes.rows} role="group" aria-label="DNS options">
          <span className={classes.label}>DNS options</span>
          {value.map((option, index) => (
            // An option has no identity but its place.
            // oxlint-disable-next-line react/no-array-index-key
            <div className={classes.row} key={index}>
              {(['name', 'value'] as const).map((part) => (
                <TextInput
                  key={part}
                  className={classes.grow ?? ''}
                  aria-label={`DNS option ${index + 1}, ${part}`}
                  placeholder={part === 'name' ? 'ndots' : 'no value'}
                  value={option[part] ?? ''}
                  onChange={(event) =>
                    actions.edit(
                      setDnsOptionEdits(index, part, event.currentTarget.value),
                      groupOf([...DNS_OPTIONS.path, index, part]),
                    )
                  }
                />
              ))}
              <span className={classes.rowEnd}>
                <ActionIcon
                  aria-label={`Remove DNS option ${index + 1}`}
                  onClick={() => actions.edit(removeDnsOptionEdits(index))}
                >
                  ×
                </ActionIcon>
              </span>
            </div>
          ))}
          <div className={classes.actions}>
            <Button size="compact-xs" onClick={() => actions.edit(addDnsOptionEdits({ name: '' }))}>
              + Add DNS option
            </Button>
          </div>
        </div>
      )}
    </FieldFrame>
  );
}

function HostAliases() {
  const { form, actions } = useForm();
  const list = form.read(HOST_ALIASES);
  return (
    <div className={classes.rows} role="group" aria-label="Host aliases">
      <span className={classes.label}>Host aliases</span>
      {list.state === 'foreign' ? (
        <Foreign label="Host aliases" why={list.message} line={list.line} />
      ) : (
        hostAliasPaths(form).map((alias, index) => (
          // An alias is addressed by what may be changed in it: its place stays.
          // oxlint-disable-next-line react/no-array-index-key
          <HostAlias key={index} alias={alias} index={index} />
        ))
      )}
      {list.state !== 'foreign' && (
        <div className={classes.actions}>
          <Button size="compact-xs" onClick={() => actions.edit(addHostAliasEdits('', []))}>
            + Add host alias
          </Button>
        </div>
      )}
      <p className={classes.muted}>Written into /etc/hosts of the pods, before DNS is asked.</p>
    </div>
  );
}

/** One address and its names; what is wrong with either stands beneath both. */
function HostAlias({ alias, index }: { readonly alias: ManifestPath; readonly index: number }) {
  const { form, actions } = useForm();
  const ip = hostAliasIpField(alias);
  const names = hostAliasNamesField(alias);
  const [ofIp, ofNames] = [useField(ip), useField(names)];
  const [problem] = useProblemsUnder(alias);
  const label = `Host alias ${index + 1}`;
  const foreign = [ofIp.state, ofNames.state].find((state) => state.state === 'foreign');
  return (
    <div className={classes.row}>
      <div className={classes.grow}>
        <FieldFrame label={label} error={problem?.message} state={foreign} hideLabel>
          {(control) => (
            <div className={classes.row} role="group" aria-label={label}>
              <TextInput
                w={200}
                aria-label={`${label}, IP address`}
                aria-describedby={control['aria-describedby']}
                placeholder="10.0.0.1"
                value={ofIp.value ?? ''}
                onChange={(event) =>
                  actions.edit(
                    writeField(form, ip, event.currentTarget.value),
                    // The address is the alias's key: as it is typed the path is another one.
                    groupOf([...HOST_ALIASES, index, 'ip']),
                  )
                }
              />
              <TagsInput
                className={classes.grow ?? ''}
                aria-label={`${label}, host names`}
                placeholder={ofNames.value === undefined ? 'registry.example.com' : ''}
                value={[...(ofNames.value ?? [])]}
                onChange={(hostnames) => ofNames.set(hostnames.length === 0 ? undefined : hostnames)}
              />
            </div>
          )}
        </FieldFrame>
      </div>
      <span className={classes.rowEnd}>
        <ActionIcon
          aria-label={`Remove host alias ${index + 1}`}
          onClick={() => actions.edit(removeHostAliasEdits(alias))}
        >
          ×
        </ActionIcon>
      </span>
    </div>
  );
}
