import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateWish {
  readonly commonName: string;
  /** `O` of the subject: a Kubernetes user's group. */
  readonly organization?: string;
  /** DNS names and IP addresses of the SAN. */
  readonly names?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const DAY = 86_400_000;

/** A certificate authority of a test: EC P-256, in memory, a millisecond a certificate. X.509 v3 by RFC 5280. */
export class CertificateAuthority {
  readonly commonName: string;
  readonly cert: string;
  readonly #key: KeyObject;

  constructor(commonName: string, validity: Pick<CertificateWish, 'notBefore' | 'notAfter'> = {}) {
    const { privateKey, publicKey } = newKeys();
    this.commonName = commonName;
    this.#key = privateKey;
    this.cert = issue({ commonName, ...validity }, publicKey, commonName, privateKey, true);
  }

  issue(wish: CertificateWish): Certificate {
    const { privateKey, publicKey } = newKeys();
    return { cert: issue(wish, publicKey, this.commonName, this.#key, false), key: keyPem(privateKey) };
  }
}

/** A certificate that vouches for itself. */
export function selfSigned(wish: CertificateWish): Certificate {
  const { privateKey, publicKey } = newKeys();
  return { cert: issue(wish, publicKey, wish.commonName, privateKey, false), key: keyPem(privateKey) };
}

function newKeys(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

function issue(
  wish: CertificateWish,
  publicKey: KeyObject,
  issuer: string,
  signer: KeyObject,
  isAuthority: boolean,
): string {
  const notBefore = wish.notBefore ?? new Date(Date.now() - DAY);
  const notAfter = wish.notAfter ?? new Date(Date.now() + 30 * DAY);
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    distinguishedName(issuer),
    sequence(time(notBefore), time(notAfter)),
    distinguishedName(wish.commonName, wish.organization),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions(wish, isAuthority))),
  );
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, signer)]));
  const lines = sequence(body, ECDSA_WITH_SHA256, signature).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function extensions(wish: CertificateWish, isAuthority: boolean): readonly Buffer[] {
  const all: Buffer[] = [];
  if (isAuthority) {
    const yes = tagged(0x01, Buffer.from([0xff]));
    all.push(sequence(oid('2.5.29.19'), yes, tagged(0x04, sequence(yes))));
  }
  if (wish.names && wish.names.length > 0)
    all.push(sequence(oid('2.5.29.17'), tagged(0x04, sequence(...wish.names.map(generalName)))));
  // Never empty, which RFC 5280 forbids: both uses of TLS.
  all.push(sequence(oid('2.5.29.37'), tagged(0x04, sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2')))));
  return isAuthority ? all.slice(0, 1) : all;
}

function generalName(name: string): Buffer {
  return isIP(name) === 4 ? tagged(0x87, Buffer.from(name.split('.').map(Number))) : tagged(0x82, Buffer.from(name));
}

function distinguishedName(commonName: string, organization?: string): Buffer {
  const attribute = (type: string, value: string) =>
    tagged(0x31, sequence(oid(type), tagged(0x0c, Buffer.from(value))));
  return sequence(
    ...(organization === undefined ? [] : [attribute('2.5.4.10', organization)]),
    attribute('2.5.4.3', commonName),
  );
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const value of rest) {
    const septets = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return tagged(0x06, Buffer.from(bytes));
}
