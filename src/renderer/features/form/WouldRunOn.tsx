import { draftNodes } from '../../../shared/form/matching-nodes.ts';
import { NodeNames } from '../../components/NodeNames.tsx';
import { useForm } from './form-context.ts';
import { useMatchingNodes } from './use-matching-nodes.ts';

/** On how many nodes the draft would run, and by a click on which, and why not on the others. */
export function WouldRunOn({
  className,
  unknown,
}: {
  readonly className?: string | undefined;
  readonly unknown: string;
}) {
  const { form } = useForm();
  const matching = useMatchingNodes();
  if (matching === undefined) {
    return (
      <p className={className} role="status">
        {unknown}
      </p>
    );
  }
  const { eligible, nodes } = matching;
  const groups = () => {
    const { run, excluded } = draftNodes(form.manifest, nodes);
    return [
      { title: 'Would run a pod', nodes: run },
      { title: 'Would not', nodes: excluded.map(({ name, why }) => `${name}: ${why}`) },
    ];
  };
  return (
    <p className={className}>
      <span role="status">
        Would run on {eligible} of {nodes.length} nodes.
      </span>{' '}
      {nodes.length > 0 && <NodeNames label="Which nodes" groups={groups} />}
    </p>
  );
}
