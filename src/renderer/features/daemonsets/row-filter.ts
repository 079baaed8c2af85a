import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';

function searched(row: DaemonSetRow): string {
  const labels = Object.entries(row.labels).map(([key, value]) => `${key}=${value}`);
  return [row.name, row.alias, row.description, ...row.images, ...labels].join('\n').toLowerCase();
}

/** The rows in which every word that was typed occurs: in name, alias, description, an image or a label (`app=web`). */
export function filteredRows(rows: readonly DaemonSetRow[], text: string): readonly DaemonSetRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const haystack = searched(row);
    return words.every((word) => haystack.includes(word));
  });
}
