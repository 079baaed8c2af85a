import { isJsonObject } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { choiceCodec, integerCodec, textCodec } from '../codec.ts';
import type { Field } from '../field.ts';
import { type FormDocument, itemsAt } from '../form-document.ts';

export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** The ports of the container at this path, each by its index: number and protocol together need not be written. */
export function portPaths({ manifest }: FormDocument, container: ManifestPath): readonly ManifestPath[] {
  const list = [...container, 'ports'];
  return itemsAt(manifest, list).map((item, index) => {
    if (!isJsonObject(item)) return [...list, index];
    const { containerPort, protocol } = item;
    const isWhole = typeof containerPort === 'number' && typeof protocol === 'string';
    const same = itemsAt(manifest, list).filter(
      (each) => isJsonObject(each) && each['containerPort'] === containerPort && each['protocol'] === protocol,
    );
    return [...list, isWhole && same.length === 1 ? { key: { containerPort, protocol } } : index];
  });
}

export function addPortEdits(container: ManifestPath, containerPort: number, name: string): readonly ManifestEdit[] {
  const value = { ...(name === '' ? {} : { name }), containerPort, protocol: 'TCP' };
  return [{ op: 'insert', path: [...container, 'ports'], at: 'end', value }];
}

export function removePortEdits(port: ManifestPath): readonly ManifestEdit[] {
  return [{ op: 'remove', path: port, pruneEmpty: 1 }];
}

export function portNumberField(port: ManifestPath, name: 'containerPort' | 'hostPort'): Field<number> {
  return { path: [...port, name], codec: integerCodec };
}

export function portTextField(port: ManifestPath, name: 'name' | 'hostIP'): Field<string> {
  return { path: [...port, name], codec: textCodec };
}

export function protocolField(port: ManifestPath): Field<Protocol> {
  return { path: [...port, 'protocol'], codec: choiceCodec(PROTOCOLS) };
}
