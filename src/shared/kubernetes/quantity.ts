export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent';

/** resource.Quantity, exact: what is finer than nano is rounded away from zero, as the API does. */
export interface Quantity {
  /** The amount in billionths of the unit. */
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

const NANO = 10n ** 9n;
const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const SYNTAX = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?[0-9]+)?$/;
/** The largest magnitude of the API, 2^63 - 1 units (apimachinery pkg/api/resource/quantity.go). */
const MAX_NANOS = (2n ** 63n - 1n) * NANO;

function divideRoundingUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

function scaleOf(
  suffix: string,
): { readonly factor: bigint; readonly exponent: number; readonly format: QuantityFormat } | undefined {
  const binary = BINARY[suffix];
  if (binary !== undefined) return { factor: binary, exponent: 0, format: 'BinarySI' };
  const decimal = DECIMAL[suffix];
  if (decimal !== undefined) return { factor: 1n, exponent: decimal, format: 'DecimalSI' };
  const exponent = Number(suffix.slice(1));
  return Math.abs(exponent) > 1000 ? undefined : { factor: 1n, exponent, format: 'DecimalExponent' };
}

/** A quantity's text (`100m`, `1.5Gi`, `2e3`), or undefined when the API would refuse it. Values beyond int64 are capped, as there. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = SYNTAX.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = match[4] ?? '', , suffix = ''] = match;
  const scale = scaleOf(suffix);
  if (scale === undefined) return undefined;
  const power = 9 + scale.exponent - fraction.length;
  const digits = BigInt(whole + fraction || '0') * scale.factor;
  const magnitude = power >= 0 ? digits * 10n ** BigInt(power) : divideRoundingUp(digits, 10n ** BigInt(-power));
  const capped = magnitude > MAX_NANOS ? MAX_NANOS : magnitude;
  return { nanos: sign === '-' ? -capped : capped, format: scale.format };
}

export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
}

/** The sum, in the first one's format. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/** As a floating-point number of whole units (cores, bytes); for charts and sums that need not be exact. */
export function quantityToNumber(quantity: Quantity): number {
  return Number(quantity.nanos / NANO) + Number(quantity.nanos % NANO) / 1e9;
}

function formatDecimal(nanos: bigint, exponentForm: boolean): string {
  let mantissa = nanos;
  let exponent = -9;
  while (mantissa % 1000n === 0n && (exponentForm || exponent < 18)) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (exponentForm) return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  const suffix = Object.entries(DECIMAL).find(([, value]) => value === exponent)?.[0] ?? '';
  return `${mantissa}${suffix}`;
}

function formatBinary(nanos: bigint): string {
  let units = nanos / NANO;
  let suffix = '';
  for (const name of Object.keys(BINARY)) {
    if (units % 1024n !== 0n) break;
    units /= 1024n;
    suffix = name;
  }
  return `${units}${suffix}`;
}

/** The canonical text: no fraction, the largest suffix that loses nothing (Quantity.String, apimachinery 0.37). */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.nanos === 0n) return '0';
  const sign = quantity.nanos < 0n ? '-' : '';
  const magnitude = quantity.nanos < 0n ? -quantity.nanos : quantity.nanos;
  // The API writes a binary quantity under 1024 units, or with a part of one, as a decimal one (CanonicalizeBytes).
  const binary = quantity.format === 'BinarySI' && magnitude >= 1024n * NANO && magnitude % NANO === 0n;
  return sign + (binary ? formatBinary(magnitude) : formatDecimal(magnitude, quantity.format === 'DecimalExponent'));
}
