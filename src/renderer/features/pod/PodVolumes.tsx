import type { PodVolumeView } from '../../../shared/contract/pod.ts';
import { Fact, FactPanel, Facts } from '../../components/FactPanel.tsx';
import classes from './PodPage.module.css';

/** Each volume: what it is and which containers mount it where. */
export function PodVolumes({ volumes }: { readonly volumes: readonly PodVolumeView[] }) {
  return (
    <FactPanel title="Volumes" note={volumes.length}>
      <Facts>
        {volumes.map(({ name, source, mountedBy }) => (
          <Fact key={name} name={name}>
            <div>{source}</div>
            <div className={classes.muted}>
              {mountedBy.length === 0 ? 'mounted by no container' : mountedBy.join(', ')}
            </div>
          </Fact>
        ))}
      </Facts>
    </FactPanel>
  );
}
