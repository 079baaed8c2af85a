import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Paths of a PEM certificate and its private key. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Everything that the parts of one cluster prove themselves with. */
export interface ClusterCertificates {
  readonly ca: KeyPair;
  readonly frontProxyCa: KeyPair;
  readonly frontProxyClient: KeyPair;
  readonly apiServer: KeyPair;
  readonly kubeletClient: KeyPair;
  readonly kubeletServer: KeyPair;
  readonly metricsServer: KeyPair;
  readonly admin: KeyPair;
  readonly controllerManager: KeyPair;
  readonly scheduler: KeyPair;
  readonly kwok: KeyPair;
  /** Key that signs service account tokens (no certificate). */
  readonly serviceAccountKey: string;
}

/** A certificate to be signed, and the files `<dir>/<name>.crt` and `.key` that it becomes. */
export interface LeafRequest {
  readonly name: string;
  readonly subject: string;
  readonly usage: 'serverAuth' | 'clientAuth';
  readonly alternativeNames?: readonly string[];
}

const run = promisify(execFile);
const DAYS = '30';

/**
 * Makes two authorities and their certificates (EC P-256, 30 days) in a folder.
 *
 * @throws when openssl is missing or refuses
 */
export async function makeCertificates(dir: string): Promise<ClusterCertificates> {
  await mkdir(dir, { mode: 0o700 });
  const [ca, frontProxyCa] = await Promise.all([
    makeAuthority(dir, 'ca', '/CN=everynode-test-ca'),
    makeAuthority(dir, 'front-proxy-ca', '/CN=everynode-test-front-proxy-ca'),
  ]);
  const sign = (request: LeafRequest): Promise<KeyPair> => makeLeaf(dir, ca, request);
  const client = (name: string, subject: string): Promise<KeyPair> => sign({ name, subject, usage: 'clientAuth' });
  const server = (name: string, names: readonly string[]): Promise<KeyPair> =>
    sign({ name, subject: `/CN=${name}`, usage: 'serverAuth', alternativeNames: names });
  const [apiServer, kubeletServer, metricsServer] = await Promise.all([
    server('kube-apiserver', [...API_SERVER_NAMES]),
    server('kubelet', ['IP:127.0.0.1', 'DNS:localhost']),
    server('metrics-server', ['DNS:metrics-server.kube-system.svc', 'DNS:localhost']),
  ]);
  const [admin, kubeletClient, controllerManager, scheduler, kwok, frontProxyClient] = await Promise.all([
    client('admin', '/O=system:masters/CN=everynode-admin'),
    client('kubelet-client', '/O=system:masters/CN=kube-apiserver-kubelet-client'),
    client('controller-manager', '/CN=system:kube-controller-manager'),
    client('scheduler', '/CN=system:kube-scheduler'),
    client('kwok', '/O=system:masters/CN=kwok'),
    makeLeaf(dir, frontProxyCa, {
      name: 'front-proxy',
      subject: '/CN=front-proxy',
      usage: 'clientAuth',
    }),
  ]);
  return {
    ca,
    frontProxyCa,
    frontProxyClient,
    apiServer,
    kubeletClient,
    kubeletServer,
    metricsServer,
    admin,
    controllerManager,
    scheduler,
    kwok,
    serviceAccountKey: await makeKey(dir, 'service-account'),
  };
}

const API_SERVER_NAMES = [
  'IP:127.0.0.1',
  'IP:10.0.0.1',
  'DNS:localhost',
  'DNS:kubernetes',
  'DNS:kubernetes.default',
  'DNS:kubernetes.default.svc',
] as const;

async function makeKey(dir: string, name: string): Promise<string> {
  const path = join(dir, `${name}.key`);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(path, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  return path;
}

async function makeAuthority(dir: string, name: string, subject: string): Promise<KeyPair> {
  const pair = await makeRequest(dir, name, subject);
  await sign(dir, name, ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign,cRLSign'], ['-signkey', pair.key]);
  return pair;
}

/** Makes a key and its certificate, signed by an authority. */
export async function makeLeaf(dir: string, ca: KeyPair, request: LeafRequest): Promise<KeyPair> {
  const pair = await makeRequest(dir, request.name, request.subject);
  const extensions = [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    `extendedKeyUsage=${request.usage}`,
  ];
  if (request.alternativeNames !== undefined) {
    extensions.push(`subjectAltName=${request.alternativeNames.join(',')}`);
  }
  await sign(dir, request.name, extensions, ['-CA', ca.certificate, '-CAkey', ca.key]);
  return pair;
}

async function makeRequest(dir: string, name: string, subject: string): Promise<KeyPair> {
  const key = await makeKey(dir, name);
  await run('openssl', ['req', '-new', '-key', key, '-subj', subject, '-out', csr(dir, name)]);
  return { certificate: join(dir, `${name}.crt`), key };
}

async function sign(
  dir: string,
  name: string,
  extensions: readonly string[],
  signer: readonly string[],
): Promise<void> {
  const extensionFile = join(dir, `${name}.extensions`);
  await writeFile(extensionFile, `${extensions.join('\n')}\n`);
  const serial = `0x00${randomBytes(8).toString('hex')}`;
  const out = join(dir, `${name}.crt`);
  const what = ['-in', csr(dir, name), '-days', DAYS, '-set_serial', serial, '-out', out];
  await run('openssl', ['x509', '-req', ...what, '-extfile', extensionFile, ...signer]);
}

function csr(dir: string, name: string): string {
  return join(dir, `${name}.csr`);
}
