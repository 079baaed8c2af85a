import type { ClusterCertificates } from './certificates.ts';
import type { ClusterPorts } from './run-folder.ts';

/** What the flags of the servers name. */
export interface ClusterLayout {
  readonly dir: string;
  readonly ports: ClusterPorts;
  readonly certificates: ClusterCertificates;
  readonly tokenFile: string;
}

export function etcdFlags({ dir, ports }: ClusterLayout): readonly string[] {
  return [
    `--data-dir=${dir}/etcd`,
    `--listen-client-url=http://127.0.0.1:${ports.etcdClient}`,
    `--listen-peer-url=http://127.0.0.1:${ports.etcdPeer}`,
  ];
}

export function apiServerFlags(layout: ClusterLayout): readonly string[] {
  const { dir, ports, certificates } = layout;
  return [
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.apiServer}`,
    `--etcd-servers=http://127.0.0.1:${ports.etcdClient}`,
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--allow-privileged=true',
    '--authorization-mode=Node,RBAC',
    '--max-requests-inflight=3000',
    `--cert-dir=${dir}/apiserver`,
    `--tls-cert-file=${certificates.apiServer.certificate}`,
    `--tls-private-key-file=${certificates.apiServer.key}`,
    `--client-ca-file=${certificates.ca.certificate}`,
    `--token-auth-file=${layout.tokenFile}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${certificates.serviceAccountKey}`,
    `--service-account-signing-key-file=${certificates.serviceAccountKey}`,
    ...kubeletFlags(certificates),
    ...frontProxyFlags(certificates),
  ];
}

/** How the API server reaches kubelets: logs and exec pass through it. */
function kubeletFlags(certificates: ClusterCertificates): readonly string[] {
  return [
    '--kubelet-preferred-address-types=InternalIP',
    `--kubelet-certificate-authority=${certificates.ca.certificate}`,
    `--kubelet-client-certificate=${certificates.kubeletClient.certificate}`,
    `--kubelet-client-key=${certificates.kubeletClient.key}`,
  ];
}

/** How the API server proves itself to aggregated APIs, as metrics-server's. */
function frontProxyFlags(certificates: ClusterCertificates): readonly string[] {
  return [
    `--requestheader-client-ca-file=${certificates.frontProxyCa.certificate}`,
    '--requestheader-allowed-names=front-proxy',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${certificates.frontProxyClient.certificate}`,
    `--proxy-client-key-file=${certificates.frontProxyClient.key}`,
  ];
}

export function controllerManagerFlags({ certificates }: ClusterLayout, kubeconfig: string): readonly string[] {
  return [
    ...clientFlags(kubeconfig),
    `--root-ca-file=${certificates.ca.certificate}`,
    `--service-account-private-key-file=${certificates.serviceAccountKey}`,
    '--use-service-account-credentials=true',
    // kwok renews no leases here: at 1,000 nodes they are 100 writes a second.
    '--node-monitor-grace-period=100h',
  ];
}

export function schedulerFlags(kubeconfig: string): readonly string[] {
  return clientFlags(kubeconfig);
}

function clientFlags(kubeconfig: string): readonly string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--kube-api-qps=2000',
    '--kube-api-burst=4000',
  ];
}

/** kwok, with one kubelet endpoint for all of its nodes. */
export function kwokFlags(
  { ports, certificates }: ClusterLayout,
  kubeconfig: string,
  configFile: string,
): readonly string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--config=${configFile}`,
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    `--server-address=127.0.0.1:${ports.kubelet}`,
    '--node-ip=127.0.0.1',
    `--node-port=${ports.kubelet}`,
    `--tls-cert-file=${certificates.kubeletServer.certificate}`,
    `--tls-private-key-file=${certificates.kubeletServer.key}`,
  ];
}

export function metricsServerFlags({ dir, ports, certificates }: ClusterLayout, kubeconfig: string): readonly string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.metricsServer}`,
    `--cert-dir=${dir}/metrics-server`,
    `--tls-cert-file=${certificates.metricsServer.certificate}`,
    `--tls-private-key-file=${certificates.metricsServer.key}`,
    `--kubelet-certificate-authority=${certificates.ca.certificate}`,
    '--kubelet-use-node-status-port',
    '--kubelet-preferred-address-types=InternalIP',
    '--kubelet-request-timeout=5s',
    '--metric-resolution=10s',
  ];
}
