/**
 * Forgets the history of everything that etcd keeps, up to now, as the API server does every five minutes: what reads on from an older
 * version is told 410. etcd's JSON gateway (etcd 3.7, /v3/kv/range and /v3/kv/compaction); bytes are base64 there, int64 are texts.
 *
 * @returns the version before which nothing is known any more
 * @throws with etcd's words when it refuses
 */
export async function compactEtcd(clientUrl: string): Promise<string> {
  const range: unknown = await post(`${clientUrl}/v3/kv/range`, { key: btoa('/') });
  const revision = revisionOf(range);
  await post(`${clientUrl}/v3/kv/compaction`, { revision, physical: true });
  return revision;
}

function revisionOf(answer: unknown): string {
  const { header } = answer as { readonly header?: { readonly revision?: unknown } };
  if (typeof header?.revision !== 'string') throw new Error(`etcd says no revision: ${JSON.stringify(answer)}`);
  return header.revision;
}

async function post(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
