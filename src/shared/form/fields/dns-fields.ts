import { isJsonList, isJsonObject } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { type Codec, textCodec, textListCodec } from '../codec.ts';
import type { Field } from '../field.ts';
import { type FormDocument, itemsAt } from '../form-document.ts';
import { itemPath } from './containers.ts';
import { POD } from './pod-fields.ts';

const DNS_CONFIG: ManifestPath = [...POD, 'dnsConfig'];

export const DNS_NAMESERVERS: Field<readonly string[]> = {
  path: [...DNS_CONFIG, 'nameservers'],
  codec: textListCodec,
  pruneEmpty: 1,
};
export const DNS_SEARCHES: Field<readonly string[]> = {
  path: [...DNS_CONFIG, 'searches'],
  codec: textListCodec,
  pruneEmpty: 1,
};

/** v1.PodDNSConfigOption: `ndots: "2"`, or `edns0` without a value. */
export interface DnsOption {
  readonly name: string;
  readonly value?: string;
}

const dnsOptionsCodec: Codec<readonly DnsOption[]> = {
  read: (value) => {
    if (!isJsonList(value)) return undefined;
    const options = value.map((item): DnsOption | undefined => {
      if (!isJsonObject(item)) return undefined;
      const { name = '', value: own = null } = item;
      if (typeof name !== 'string' || (own !== null && typeof own !== 'string')) return undefined;
      return own === null ? { name } : { name, value: own };
    });
    return options.every((option) => option !== undefined) ? options : undefined;
  },
  write: (options) => options.map(({ name, value }) => (value === undefined ? { name } : { name, value })),
};

/** Options have no merge key: each is addressed by its place, and what else it holds is kept. */
export const DNS_OPTIONS: Field<readonly DnsOption[]> = {
  path: [...DNS_CONFIG, 'options'],
  codec: dnsOptionsCodec,
  pruneEmpty: 1,
};

export function addDnsOptionEdits(option: DnsOption): readonly ManifestEdit[] {
  return [{ op: 'insert', path: DNS_OPTIONS.path, at: 'end', value: { ...option } }];
}

/** Changes one part of an option; an empty value is none. */
export function setDnsOptionEdits(index: number, part: 'name' | 'value', text: string): readonly ManifestEdit[] {
  const path = [...DNS_OPTIONS.path, index, part];
  return [part === 'value' && text === '' ? { op: 'remove', path } : { op: 'set', path, value: text }];
}

export function removeDnsOptionEdits(index: number): readonly ManifestEdit[] {
  return [{ op: 'remove', path: [...DNS_OPTIONS.path, index], pruneEmpty: 2 }];
}

export const HOST_ALIASES: ManifestPath = [...POD, 'hostAliases'];

/** Lines that the pods' /etc/hosts gets, each addressed by its IP address where that stands once. */
export function hostAliasPaths({ manifest }: FormDocument): readonly ManifestPath[] {
  const items = itemsAt(manifest, HOST_ALIASES);
  return items.map((_item, index) => itemPath(items, HOST_ALIASES, index, 'ip'));
}

export function hostAliasIpField(alias: ManifestPath): Field<string> {
  return { path: [...alias, 'ip'], codec: textCodec };
}

export function hostAliasNamesField(alias: ManifestPath): Field<readonly string[]> {
  return { path: [...alias, 'hostnames'], codec: textListCodec };
}

export function addHostAliasEdits(ip: string, hostnames: readonly string[]): readonly ManifestEdit[] {
  const value = { ip, ...(hostnames.length === 0 ? {} : { hostnames }) };
  return [{ op: 'insert', path: HOST_ALIASES, at: 'end', value }];
}

export function removeHostAliasEdits(alias: ManifestPath): readonly ManifestEdit[] {
  return [{ op: 'remove', path: alias, pruneEmpty: 1 }];
}
