/** One line of a chart: a value for each time, null where there is none. */
export interface ChartLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly look: 'main' | 'middle' | 'thin' | 'request' | 'limit';
}

export interface ChartData {
  /** Milliseconds since 1970, growing. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
}
