/** Where a node is, seen from this machine: a link of its own with two addresses. */
export interface NodeNetwork {
  /** Name of the link's end on this machine, at most 15 characters. */
  readonly link: string;
  readonly hostAddress: string;
  /** The node's InternalIP; its kubelet listens here. */
  readonly nodeAddress: string;
  /** Addresses of its pods, CIDR. */
  readonly podSubnet: string;
}

/** Bits of a link's subnet: two addresses, the network's and the broadcast's. */
export const LINK_PREFIX = 30;
export const MAX_NODES = 16;

/** 198.18.0.0/15 is kept for tests of networks (RFC 2544): no machine is there. */
const FIRST_ADDRESS = (198 << 24) | (18 << 16);
const FIRST_PORT = 20_000;
const PORTS_PER_CLUSTER = 8;

/**
 * Addresses that no other cluster on this machine has: a cluster is told from others by the first port of its block.
 *
 * @param index from 0, below MAX_NODES
 */
export function nodeNetwork(firstPort: number, index: number): NodeNetwork {
  if (index >= MAX_NODES) throw new RangeError(`a cluster has at most ${MAX_NODES} real nodes`);
  const cluster = (firstPort - FIRST_PORT) / PORTS_PER_CLUSTER;
  const subnet = FIRST_ADDRESS + (cluster * MAX_NODES + index) * 4;
  return {
    link: `en${firstPort}n${index + 1}`,
    hostAddress: dotted(subnet + 1),
    nodeAddress: dotted(subnet + 2),
    podSubnet: `10.88.${index + 1}.0/24`,
  };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}
