import { MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { amountProblem, type StagedOptions, type WavePlan } from '../../../shared/kubernetes/staged-plan.ts';
import { isSelectorError, parseLabelSelector } from '../../../shared/kubernetes/selector.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import { notify } from '../../stores/notices.ts';
import { OperationDialog } from './OperationDialog.tsx';
import classes from './OperationDialog.module.css';
import type { OperationProps } from './operation-props.ts';
import { amountOf, namesWords, nodesWords, stagedCommands } from './staged-words.ts';
import { type StagedPreview, useStagedPlan } from './use-staged-plan.ts';

interface Typed {
  readonly nodeSelector: string;
  readonly zones: readonly string[];
  readonly share: string;
  readonly waveSize: string;
  readonly gateSeconds: number | string;
}

const FIRST: Typed = { nodeSelector: '', zones: [], share: '100%', waveSize: '1', gateSeconds: 30 };
const DAY_SECONDS = 86_400;

function optionsOf({ nodeSelector, zones, share, waveSize }: Typed): StagedOptions {
  return { nodeSelector, zones, share: amountOf(share), waveSize: amountOf(waveSize) };
}

/** Plans the deletion of old pods in waves under OnDelete, shows the waves, and begins it. */
export function StagedRolloutDialog({ contextName, row, onClose, onDone }: OperationProps) {
  const { client } = useServices();
  const { namespace, name, uid } = row;
  const [typed, setTyped] = useState<Typed>(FIRST);
  const preview = useStagedPlan(contextName, row, optionsOf(typed));
  const { plan, current } = preview;
  const waves = plan !== undefined && 'waves' in plan ? plan.waves : [];
  const { gateSeconds } = typed;
  const isGateRight =
    typeof gateSeconds === 'number' && Number.isInteger(gateSeconds) && gateSeconds >= 0 && gateSeconds <= DAY_SECONDS;
  const start = useAction(async () => {
    const shown = waves.map((wave) => [...wave]);
    const about = { contextName, namespace, name, uid, hash: current?.hash ?? '', gateSeconds: Number(gateSeconds) };
    await client.stagedRollout.start({ ...about, waves: shown });
    notify({ title: `The staged rollout of ${name} has begun`, message: '', tone: 'good' });
    onClose();
    onDone?.();
  });
  const command =
    plan !== undefined && 'waves' in plan ? stagedCommands({ contextName, namespace }, plan, preview.oldPods) : '';
  return (
    <OperationDialog
      title={`Staged rollout of ${name}`}
      verb="Start"
      failedTitle="The staged rollout was not begun"
      isDangerous
      isReady={waves.length > 0 && isGateRight && current !== undefined}
      size={640}
      kubectl={command === '' ? 'kubectl delete pod …' : command}
      state={start.state}
      onConfirm={() => void start.run()}
      onClose={onClose}
    >
      <p>
        Deletes the old pods of the chosen nodes, wave by wave; the controller makes new ones. The next wave comes only
        when all new pods of the one before are ready and have not restarted. It runs in Everynode: when Everynode ends,
        it is held.
      </p>
      <Choice typed={typed} preview={preview} onChange={(change) => setTyped({ ...typed, ...change })} />
      <NumberInput
        label="Time between waves"
        description="How many seconds all new pods of a wave must stay ready."
        value={gateSeconds}
        onChange={(value) => setTyped({ ...typed, gateSeconds: value })}
        min={0}
        max={DAY_SECONDS}
        clampBehavior="none"
        allowDecimal={false}
        error={isGateRight ? undefined : 'A whole number of seconds, at most a day.'}
      />
      <Preview preview={preview} />
    </OperationDialog>
  );
}

interface ChoiceProps {
  readonly typed: Typed;
  readonly preview: StagedPreview;
  readonly onChange: (change: Partial<Typed>) => void;
}

function Choice({ typed, preview: { zones, knowsNodes }, onChange }: ChoiceProps) {
  const selector = parseLabelSelector(typed.nodeSelector);
  return (
    <>
      <TextInput
        label="Nodes with labels"
        description={
          knowsNodes
            ? 'A label selector; empty means all nodes.'
            : 'Nodes cannot be read, so none can be chosen by label or zone.'
        }
        placeholder="disk=ssd,!gpu"
        value={typed.nodeSelector}
        disabled={!knowsNodes}
        error={isSelectorError(selector) ? selector.error : undefined}
        onChange={(event) => onChange({ nodeSelector: event.currentTarget.value })}
      />
      {zones.length > 0 && (
        <MultiSelect
          label="Zones"
          placeholder={typed.zones.length === 0 ? 'All zones' : ''}
          data={[...zones]}
          value={[...typed.zones]}
          disabled={!knowsNodes}
          onChange={(chosen) => onChange({ zones: chosen })}
        />
      )}
      <div className={classes.pair}>
        <TextInput
          label="Of these, the first"
          description="A number or a percentage, by name."
          value={typed.share}
          error={amountProblem(amountOf(typed.share))}
          onChange={(event) => onChange({ share: event.currentTarget.value })}
        />
        <TextInput
          label="Nodes per wave"
          description="A number, or a percentage of the chosen ones."
          value={typed.waveSize}
          error={amountProblem(amountOf(typed.waveSize))}
          onChange={(event) => onChange({ waveSize: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

const SHOWN_WAVES = 5;

function Preview({ preview: { plan, waitsFor, current } }: { readonly preview: StagedPreview }) {
  if (plan === undefined) return <p role="status">{waitsFor}</p>;
  if ('problem' in plan) return null;
  if (plan.waves.length === 0) return <p role="status">{nothingWords(plan)}</p>;
  const nodes = plan.waves.flat().length;
  const more = plan.waves.length - SHOWN_WAVES;
  return (
    <section aria-label="Waves">
      <p role="status">
        {nodesWords(nodes)} in {plan.waves.length === 1 ? 'one wave' : `${plan.waves.length} waves`}, to revision{' '}
        {current?.revision}.
        {plan.left.length > 0 &&
          ` ${nodesWords(plan.left.length)} ${plan.left.length === 1 ? 'keeps its' : 'keep their'} old pods.`}
      </p>
      <ol className={classes.waves}>
        {plan.waves.slice(0, SHOWN_WAVES).map((wave, nth) => (
          <li key={wave[0]}>
            <strong>Wave {nth + 1}</strong> {namesWords(wave)}
          </li>
        ))}
      </ol>
      {more > 0 && (
        <p className={classes.label}>
          and {more} more {more === 1 ? 'wave' : 'waves'}
        </p>
      )}
      {plan.unknown.length > 0 && (
        <p className={classes.note}>Left alone, since their pods carry no revision hash: {namesWords(plan.unknown)}.</p>
      )}
    </section>
  );
}

function nothingWords({ left, unknown }: WavePlan): string {
  if (left.length > 0) return `None of the ${nodesWords(left.length)} with old pods is chosen.`;
  return unknown.length > 0
    ? 'No pod is known to be old: those that may be carry no revision hash.'
    : 'There are no old pods: every node has one of the current revision.';
}
