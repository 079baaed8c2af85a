import { stripVTControlCharacters } from 'node:util';
import type { ExecCredential } from './exec-credential.ts';

const REDACTED = '[redacted]';
/** Whatever looks like a credential: a JSON web token, EKS' presigned URL, PEM, and long unbroken runs of base64. */
const CREDENTIAL_SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g,
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g,
  /\bk8s-aws-v1\.[\w-]+/g,
  /\b(?:bearer|token|password|secret)["']?\s*[:= ]\s*["']?[^\s"',}]{6,}/gi,
  /[A-Za-z0-9+/=_-]{40,}/g,
];

/**
 * What a plugin wrote to standard error, safe to show: without control characters, without the secrets that are known, without any
 * word of its standard output that could be one, and without what merely looks like one.
 */
export function redactPluginText(stderr: string, secrets: readonly string[], stdout: string): string {
  const words = stdout.split(/[\s"',:{}[\]\\]+/).filter((word) => word.length >= 12);
  const known = [...secrets.filter((secret) => secret.length > 3), ...words].toSorted((a, b) => b.length - a.length);
  const named = known.reduce((clean, secret) => clean.replaceAll(secret, REDACTED), plainText(stderr));
  return CREDENTIAL_SHAPES.reduce((clean, shape) => clean.replace(shape, REDACTED), named).trim();
}

/** Without escape sequences and controls, but line ends and tabs. */
export function plainText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  return stripVTControlCharacters(text).replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    '',
  );
}

export function secretsOf(credential: ExecCredential | undefined): readonly string[] {
  const { token, clientKeyData } = credential ?? {};
  return [token, clientKeyData].filter((secret) => secret !== undefined);
}
