import { Menu } from '@mantine/core';
import {
  CONTAINER_TYPES,
  type ContainerEntry,
  type ContainerType,
  addContainerEdits,
  containersOf,
} from '../../../shared/form/fields/containers.ts';
import {
  type ContainersPlace,
  POD_SECTIONS,
  placeOfPath,
  type PodSection,
  SECTION_NAMES,
} from '../../../shared/form/steps.ts';
import { ContainerForm } from './ContainerForm.tsx';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';
import { PodSectionForm } from './PodSectionForm.tsx';

export interface ContainersStepProps {
  readonly place: ContainersPlace | undefined;
  readonly onPlace: (place: ContainersPlace) => void;
}

/** The containers of the pod, one at a time, and what is set for the pod as a whole. */
export function ContainersStep({ place, onPlace }: ContainersStepProps) {
  const { form, actions } = useForm();
  const entries = containersOf(form);
  const chosen = chosenEntry(entries, place);
  const section = place && 'section' in place ? place.section : undefined;
  const add = (type: ContainerType) => {
    const { edits } = addContainerEdits(form, type, '');
    const index = entries.filter((entry) => (entry.type === 'worker') === (type === 'worker')).length;
    actions.edit(edits);
    onPlace({ step: 'containers', list: type === 'worker' ? 'containers' : 'initContainers', index });
  };
  return (
    <div className={classes.columns}>
      <nav className={classes.nav} aria-label="Containers and pod">
        {entries.map((entry) => (
          <ContainerItem
            key={`${entry.type === 'worker'} ${entry.index}`}
            entry={entry}
            current={section === undefined && entry === chosen}
            onClick={() => onPlace(placeOf(entry))}
          />
        ))}
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className={classes.navItem}>
              + Add container
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {CONTAINER_TYPES.map((type) => (
              <Menu.Item key={type} onClick={() => add(type)}>
                {type === 'worker' ? 'Worker' : type === 'init' ? 'Init container' : 'Sidecar'}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <div className={classes.navGroup}>Pod</div>
        {POD_SECTIONS.map((each) => (
          <SectionItem
            key={each}
            section={each}
            current={section === each}
            onClick={() => onPlace({ step: 'containers', section: each })}
          />
        ))}
      </nav>
      {section !== undefined ? (
        <PodSectionForm section={section} />
      ) : chosen ? (
        <ContainerForm
          key={`${chosen.type === 'worker'} ${chosen.index}`}
          entry={chosen}
          entries={entries}
          onPlace={onPlace}
        />
      ) : (
        <p className={classes.muted}>A DaemonSet needs at least one worker container. Add one to the left.</p>
      )}
    </div>
  );
}

function chosenEntry(
  entries: readonly ContainerEntry[],
  place: ContainersPlace | undefined,
): ContainerEntry | undefined {
  if (place && 'list' in place) {
    const found = entries.find((entry) => isAt(entry, place));
    if (found) return found;
  }
  return entries.find((entry) => entry.type === 'worker') ?? entries[0];
}

function isAt(entry: ContainerEntry, place: Extract<ContainersPlace, { list: string }>): boolean {
  return (entry.type === 'worker') === (place.list === 'containers') && entry.index === place.index;
}

export function placeOf(entry: ContainerEntry): ContainersPlace {
  return { step: 'containers', list: entry.type === 'worker' ? 'containers' : 'initContainers', index: entry.index };
}

function useErrorCount(isHere: (place: ContainersPlace) => boolean): number {
  const { problems } = useForm();
  return problems.filter(({ path, severity }) => {
    const place = placeOfPath(path);
    return severity === 'error' && place.step === 'containers' && isHere(place);
  }).length;
}

interface ContainerItemProps {
  readonly entry: ContainerEntry;
  readonly current: boolean;
  readonly onClick: () => void;
}

function ContainerItem({ entry, current, onClick }: ContainerItemProps) {
  const problems = useErrorCount((place) => 'list' in place && isAt(entry, place));
  const note = entry.type === 'worker' ? '' : entry.type;
  return (
    <NavItem name={entry.name || '(no name)'} note={note} current={current} problems={problems} onClick={onClick} />
  );
}

interface SectionItemProps {
  readonly section: PodSection;
  readonly current: boolean;
  readonly onClick: () => void;
}

function SectionItem({ section, current, onClick }: SectionItemProps) {
  const problems = useErrorCount((place) => 'section' in place && place.section === section);
  return <NavItem name={SECTION_NAMES[section]} note="" current={current} problems={problems} onClick={onClick} />;
}

interface NavItemProps {
  readonly name: string;
  readonly note: string;
  readonly current: boolean;
  readonly problems: number;
  readonly onClick: () => void;
}

function NavItem({ name, note, current, problems, onClick }: NavItemProps) {
  return (
    <button type="button" className={classes.navItem} aria-current={current} onClick={onClick}>
      <span className={classes.navName} title={name}>
        {name}
      </span>
      {note !== '' && <span className={classes.navNote}>{note}</span>}
      {problems > 0 && (
        <span className={classes.bad} aria-label={problems === 1 ? '1 problem' : `${problems} problems`}>
          {problems}
        </span>
      )}
    </button>
  );
}
