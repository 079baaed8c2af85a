import classes from './Sparkline.module.css';

const WIDTH = 36;
const HEIGHT = 14;

/** The course of a few values beside the newest one; says nothing to those who do not see it. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const top = Math.max(...values.map((value) => value ?? 0));
  if (values.length < 2 || top === 0) return null;
  const step = WIDTH / (values.length - 1);
  const points = values.flatMap((value, index) =>
    value === null ? [] : `${(index * step).toFixed(1)},${(HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1)}`,
  );
  return (
    <svg className={classes.line} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
