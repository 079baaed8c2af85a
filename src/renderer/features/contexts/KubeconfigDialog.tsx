import { Modal } from '@mantine/core';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import { navigate } from '../../stores/use-route.ts';
import { KubeconfigForm, type KubeconfigWay } from './KubeconfigForm.tsx';

export interface KubeconfigDialogProps {
  readonly way: KubeconfigWay;
  readonly onClose: () => void;
}

/** The form in a dialog; when it brought a context, that one is shown (and not contacted). */
export function KubeconfigDialog({ way, onClose }: KubeconfigDialogProps) {
  useFocusReturn();
  return (
    <Modal opened onClose={onClose} title="Open a kubeconfig" size="lg">
      <KubeconfigForm
        initialWay={way}
        onAdded={(contextNames) => {
          onClose();
          const [contextName] = contextNames;
          navigate(
            contextNames.length === 1 && contextName !== undefined
              ? { page: 'daemonSets', contextName }
              : { page: 'contexts' },
          );
        }}
      />
    </Modal>
  );
}
