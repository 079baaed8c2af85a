import type { NodeDetails } from '../../../shared/contract/node.ts';
import { FactPanel } from '../../components/FactPanel.tsx';
import classes from './NodePage.module.css';

/** What the node has, and what of it pods may ask for. */
export function NodeResources({ details: { capacity, allocatable } }: { readonly details: NodeDetails }) {
  return (
    <FactPanel title="Resources">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            <th scope="col">Capacity</th>
            <th scope="col">Allocatable</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(capacity).map(([name, amount]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{amount}</td>
              <td>{allocatable[name] ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </FactPanel>
  );
}
