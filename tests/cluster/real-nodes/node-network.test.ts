import { describe, expect, it } from 'vitest';
import { MAX_NODES, nodeNetwork } from './node-network.ts';

describe('nodeNetwork', () => {
  it('gives the first node of the first cluster the first addresses', () => {
    expect(nodeNetwork(20_000, 0)).toEqual({
      link: 'en20000n1',
      hostAddress: '198.18.0.1',
      nodeAddress: '198.18.0.2',
      podSubnet: '10.88.1.0/24',
    });
  });

  it('gives no address to two nodes of any two clusters', () => {
    const clusters = Array.from({ length: 1_250 }, (_, index) => 20_000 + index * 8);
    const all = clusters.flatMap((port) => Array.from({ length: MAX_NODES }, (_, index) => nodeNetwork(port, index)));
    const addresses = all.flatMap(({ hostAddress, nodeAddress }) => [hostAddress, nodeAddress]);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.every((address) => /^198\.1[89]\./u.test(address))).toBe(true);
  });

  it('keeps to the length of a name of a network link', () => {
    expect(nodeNetwork(29_992, MAX_NODES - 1).link.length).toBeLessThanOrEqual(15);
  });

  it('refuses more nodes than a cluster has addresses for', () => {
    expect(() => nodeNetwork(20_000, MAX_NODES)).toThrow(RangeError);
  });
});
