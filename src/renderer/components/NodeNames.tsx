import { Popover } from '@mantine/core';
import classes from './NodeNames.module.css';

export interface NodeGroup {
  /** "Would run a pod". */
  readonly title: string;
  /** A node's name, and what there is to say of it. */
  readonly nodes: readonly string[];
}

export interface NodeNamesProps {
  /** On the button: "Which nodes". */
  readonly label: string;
  /** Read when it is opened. Those without nodes are left out. */
  readonly groups: () => readonly NodeGroup[];
}

/** A button that unfolds the names of all the nodes that a sentence beside it counts. */
export function NodeNames({ label, groups }: NodeNamesProps) {
  return (
    <Popover position="top-start" width={420} trapFocus>
      <Popover.Target>
        <button type="button" className={classes.button}>
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={10} aria-label={label}>
        <Groups groups={groups} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Groups({ groups }: Pick<NodeNamesProps, 'groups'>) {
  return (
    // Only what can be scrolled by keyboard may be cut.
    <div className={classes.groups} tabIndex={0} data-autofocus>
      {groups()
        .filter(({ nodes }) => nodes.length > 0)
        .map(({ title, nodes }) => (
          <section key={title} aria-label={title}>
            <h3 className={classes.title}>
              {title} <span className={classes.count}>{nodes.length.toLocaleString('en')}</span>
            </h3>
            {/* One text for thousands of them. */}
            <p className={classes.names}>{nodes.join('\n')}</p>
          </section>
        ))}
    </div>
  );
}
