const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

const PREFIXED = /^([-+]?)0(?:[bB]([01]+)|[oO]([0-7]+)|[xX]([0-9a-fA-F]+))$/;
const OCTAL = /^([-+]?)0([0-7]+)$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** YAML's infinity and not-a-number, which JSON cannot carry: the API server refuses them. */
export const INFINITE_OR_NAN = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Everything that starts like this may be a number; `readGoNumber` decides. */
export const NUMBER_START = /^[-+.0-9]/;

/** An integer beyond 2^53 is a bigint, so that no digit is lost. */
export type GoNumber = { readonly kind: 'integer'; readonly value: number | bigint } | GoFloat;
interface GoFloat {
  readonly kind: 'float';
  readonly value: number;
}

/**
 * The number that the API server reads from a plain scalar, or undefined when it reads a string.
 * The rule is `resolve` in go.yaml.in/yaml/v2 v2.4.2, resolve.go: underscores go first, then
 * strconv.ParseInt and ParseUint with base 0 (so 0644 is octal), then a decimal float.
 */
export function readGoNumber(source: string): GoNumber | undefined {
  const first = source.charAt(0);
  // After a leading dot the rule calls ParseFloat on the source as it is: an underscore makes it a string.
  if (first === '.') return readFloat(source);
  if (!NUMBER_START.test(source)) return undefined;
  const plain = source.replaceAll('_', '');
  const integer = readInteger(plain);
  return integer === undefined ? readFloat(plain) : { kind: 'integer', value: narrow(integer) };
}

function readInteger(plain: string): bigint | undefined {
  const integer = parseBaseZero(plain);
  if (integer === undefined) return undefined;
  if (integer >= MIN_INT64 && integer <= MAX_INT64) return integer;
  const signed = plain.startsWith('+') || plain.startsWith('-');
  return !signed && integer <= MAX_UINT64 ? integer : undefined;
}

function parseBaseZero(plain: string): bigint | undefined {
  if (DECIMAL.test(plain)) return BigInt(plain.replace('+', ''));
  const octal = OCTAL.exec(plain);
  if (octal) return withSign(octal[1], BigInt(`0o${octal[2]}`));
  const prefixed = PREFIXED.exec(plain);
  if (!prefixed) return undefined;
  const [, sign, binaryDigits, octalDigits, hexDigits] = prefixed;
  if (binaryDigits !== undefined) return withSign(sign, BigInt(`0b${binaryDigits}`));
  if (octalDigits !== undefined) return withSign(sign, BigInt(`0o${octalDigits}`));
  return withSign(sign, BigInt(`0x${hexDigits}`));
}

function withSign(sign: string | undefined, value: bigint): bigint {
  return sign === '-' ? -value : value;
}

function narrow(value: bigint): number | bigint {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}

function readFloat(plain: string): GoFloat | undefined {
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  // ParseFloat reports a range error for what overflows, and the scalar stays a string.
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}
