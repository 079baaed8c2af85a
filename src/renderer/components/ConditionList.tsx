import type { ConditionView } from '../../shared/contract/pod.ts';
import { Age } from './Age.tsx';
import classes from './ConditionList.module.css';

export interface ConditionListProps {
  readonly conditions: readonly ConditionView[];
  /** Whether a condition is as it should be; one that is not stands out. */
  readonly isWell: (condition: ConditionView) => boolean;
}

/** Every condition of an object with its reason and since when. */
export function ConditionList({ conditions, isWell }: ConditionListProps) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Condition</th>
          <th scope="col">Status</th>
          <th scope="col">Since</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {conditions.map((condition) => (
          <tr key={condition.type} data-well={isWell(condition)}>
            <th scope="row">{condition.type}</th>
            <td>{condition.status}</td>
            <td>{condition.since === undefined ? '–' : <Age timestamp={condition.since} />}</td>
            <td>{[condition.reason, condition.message].filter(Boolean).join(': ') || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
