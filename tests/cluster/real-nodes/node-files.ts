import type { NodeKit } from './node-kit.ts';
import { PAUSE_IMAGE } from './node-kit.ts';
import type { NodeNetwork } from './node-network.ts';

/** Paths of PEM files that a kubelet proves itself with. */
export interface KubeletCertificates {
  readonly caPath: string;
  readonly servingCertificate: string;
  readonly servingKey: string;
}

export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';
export const CNI_CONFIG_DIR = '/var/lib/cni-config';

/** kubelet.config.k8s.io/v1beta1 KubeletConfiguration, as JSON. Back-off and probes keep their defaults: they are what is judged. */
export function kubeletConfig(certificates: KubeletCertificates, network: NodeNetwork, dir: string): string {
  return JSON.stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: network.nodeAddress,
    healthzPort: 0,
    authentication: { anonymous: { enabled: false }, x509: { clientCAFile: certificates.caPath } },
    tlsCertFile: certificates.servingCertificate,
    tlsPrivateKeyFile: certificates.servingKey,
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    resolvConf: `${dir}/resolv.conf`,
    volumePluginDir: '/var/lib/kubelet/volume-plugins',
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    enforceNodeAllocatable: ['pods'],
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    localStorageCapacityIsolation: false,
    // How full this machine's disk is, is no matter of these nodes.
    evictionHard: { 'memory.available': '50Mi' },
    imageGCHighThresholdPercent: 100,
  });
}

/** containerd's configuration, version 3 (containerd 2). */
export function containerdConfig(kit: NodeKit): string {
  return [
    'version = 3',
    "[plugins.'io.containerd.internal.v1.opt']",
    "  path = '/var/lib/containerd/opt'",
    "[plugins.'io.containerd.cri.v1.images']",
    "  snapshotter = 'overlayfs'",
    "[plugins.'io.containerd.cri.v1.images'.pinned_images]",
    `  sandbox = '${PAUSE_IMAGE}'`,
    "[plugins.'io.containerd.cri.v1.runtime']",
    // Without CAP_SYS_RESOURCE no process is made harder to kill than its parent.
    '  restrict_oom_score_adj = true',
    "[plugins.'io.containerd.cri.v1.runtime'.cni]",
    `  bin_dirs = ['${kit.cniBinDir}']`,
    `  conf_dir = '${CNI_CONFIG_DIR}'`,
    "[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]",
    "  runtime_type = 'io.containerd.runc.v2'",
    "[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]",
    `  BinaryName = '${kit.runc}'`,
    '  SystemdCgroup = false',
    '',
  ].join('\n');
}

/** A bridge in the node's own network namespace; pods of other nodes are not reached. */
export function cniConfig({ podSubnet }: NodeNetwork): string {
  return JSON.stringify({
    cniVersion: '1.0.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: false,
        ipam: { type: 'host-local', ranges: [[{ subnet: podSubnet }]], routes: [{ dst: '0.0.0.0/0' }] },
      },
    ],
  });
}
