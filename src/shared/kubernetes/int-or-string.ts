/** intstr.IntOrString: a number, or a percentage such as "25%". */
export type IntOrString = number | string;

const PERCENT = /^([0-9]+)%$/;

/** The number before the percent sign, or undefined for what is no percentage (`validation.IsValidPercent`). */
export function parsePercent(value: IntOrString): number | undefined {
  if (typeof value !== 'string') return undefined;
  const digits = PERCENT.exec(value)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * The count that a number or a percentage of `total` means (intstr.GetScaledValueFromIntOrPercent, apimachinery 0.37);
 * undefined for a string that is no percentage. The daemon controller rounds both maxUnavailable and maxSurge up.
 */
export function resolveIntOrPercent(value: IntOrString, total: number, round: 'up' | 'down'): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  const percent = parsePercent(value);
  if (percent === undefined) return undefined;
  const scaled = percent * total;
  return round === 'up' ? Math.ceil(scaled / 100) : Math.floor(scaled / 100);
}
