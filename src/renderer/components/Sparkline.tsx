import classes from './Sparkline.module.css';

const WIDTH = 28;
const HEIGHT = 14;
const MARGIN = 1.5;
/** What moves less than this share of the largest value is shown as moving little. */
const LEAST_SPAN = 0.25;

/** The course of a few values beside the newest one; says nothing to those who do not see it. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known);
  if (known.length < 2 || top <= 0) return null;
  const bottom = Math.min(...known);
  const span = Math.max(top - bottom, top * LEAST_SPAN);
  const middle = (top + bottom) / 2;
  const step = WIDTH / (values.length - 1);
  const y = (value: number) => HEIGHT / 2 - ((value - middle) / span) * (HEIGHT - 2 * MARGIN);
  const points = values.flatMap((value, index) =>
    value === null ? [] : `${(index * step).toFixed(1)},${y(value).toFixed(1)}`,
  );
  return (
    <svg className={classes.line} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
