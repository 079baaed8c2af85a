import { Button, CopyButton } from '@mantine/core';
import type { ValuePart } from '../../../shared/kubernetes/env-expansion.ts';
import type { EnvOutcome, EnvRow } from '../../../shared/kubernetes/environment.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import classes from './Environment.module.css';
import type { SecretKey, SecretValues } from './use-secret-values.ts';

export interface EnvValueProps {
  readonly row: EnvRow;
  readonly secrets: SecretValues;
}

/** What a variable is set to, or why it is not. */
export function EnvValue({ row, secrets }: EnvValueProps) {
  const { outcome, name } = row;
  if (outcome.state === 'set') return <SetValue name={name} outcome={outcome} secrets={secrets} />;
  if (outcome.state === 'reading') return <span className={classes.muted}>reading…</span>;
  if (outcome.state === 'fails')
    return (
      <span>
        <StatusBadge tone="bad">fails</StatusBadge> {outcome.why}
      </span>
    );
  if (outcome.state === 'leftOut') return <span className={classes.muted}>{outcome.why}</span>;
  return <span className={classes.muted}>unknown: {outcome.why}</span>;
}

interface SetValueProps {
  readonly name: string;
  readonly outcome: Extract<EnvOutcome, { state: 'set' }>;
  readonly secrets: SecretValues;
}

function SetValue({ name, outcome: { parts, unresolved, note }, secrets }: SetValueProps) {
  const keys = parts.filter((part) => part.type === 'secret');
  const text = plainText(parts, secrets);
  return (
    <>
      <div className={classes.value}>
        <span className={classes.text}>
          {parts.length === 0 && <span className={classes.muted}>empty</span>}
          {parts.map((part, index) => (
            // Parts have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <Part key={index} part={part} secrets={secrets} />
          ))}
        </span>
        {keys.length > 0 && <RevealButton name={name} keys={keys} secrets={secrets} />}
        {text !== undefined && text !== '' && <CopyValue name={name} text={text} />}
      </div>
      {note !== undefined && <p className={classes.note}>{note}</p>}
      {unresolved.length > 0 && <p className={classes.note}>{unresolvedWords(unresolved)}</p>}
    </>
  );
}

function Part({ part, secrets }: { readonly part: ValuePart; readonly secrets: SecretValues }) {
  if (part.type === 'text') return <span>{part.text}</span>;
  if (part.type === 'unknown') return <span className={classes.unknown}>{part.words}</span>;
  const revealed = secrets.of(part);
  if (revealed?.state === 'text') return <span className={classes.revealed}>{revealed.text}</span>;
  if (revealed?.state === 'said') return <span className={classes.unknown}>{revealed.words}</span>;
  return (
    <span className={classes.muted} title={`Key ${part.key} of Secret ${part.name}`}>
      <span aria-hidden="true">••••••</span>
      <span className={classes.hidden}>hidden</span>
    </span>
  );
}

interface RevealButtonProps {
  readonly name: string;
  readonly keys: readonly SecretKey[];
  readonly secrets: SecretValues;
}

function RevealButton({ name, keys, secrets }: RevealButtonProps) {
  const states = keys.map((key) => secrets.of(key)?.state);
  const isAsking = states.includes('asking');
  const isShown = !isAsking && states.every((state) => state !== undefined);
  const toggle = () => (isShown ? secrets.hide(keys) : secrets.reveal(keys));
  return (
    <Button
      size="compact-xs"
      loading={isAsking}
      onClick={toggle}
      aria-label={`${isShown ? 'Hide' : 'Reveal'} the value of ${name}`}
    >
      {isShown ? 'Hide' : 'Reveal'}
    </Button>
  );
}

function CopyValue({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button size="compact-xs" className={classes.copy} onClick={copy} aria-label={`Copy the value of ${name}`}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  );
}

/** The value as one text; undefined while a part of it is hidden or not known. */
function plainText(parts: readonly ValuePart[], secrets: SecretValues): string | undefined {
  let text = '';
  for (const part of parts) {
    const shown = part.type === 'secret' ? secrets.of(part) : part;
    if (shown === undefined || !('text' in shown)) return undefined;
    text += shown.text;
  }
  return text;
}

function unresolvedWords(names: readonly string[]): string {
  const references = [...new Set(names)].map((name) => `$(${name})`).join(', ');
  return `${references} stays as it is: no variable of this name is declared before.`;
}
