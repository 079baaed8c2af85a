import { useEffect, useMemo, useState } from 'react';
import type { SchemaAnswer } from '../../../shared/contract/schema.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import type { JsonObject } from '../../../shared/manifest/json-value.ts';
import { validateBySchema } from '../../../shared/schema/validate-by-schema.ts';
import { useServices } from '../../live/services.ts';

const NONE: readonly FormProblem[] = [];

/** What the structure of the cluster's own API says of a manifest; nothing until it is known. */
export function useSchemaProblems(contextName: string, manifest: JsonObject | undefined): readonly FormProblem[] {
  const { client } = useServices();
  const [answer, setAnswer] = useState<SchemaAnswer>();
  useEffect(() => {
    const controller = new AbortController();
    client.schema.daemonSet({ contextName }, { signal: controller.signal }).then(
      (found) => setAnswer(found),
      // It answers with the bundled one where the cluster does not: what fails is the host, which the page says elsewhere.
      () => setAnswer(undefined),
    );
    return () => controller.abort();
  }, [client, contextName]);
  return useMemo(() => (answer && manifest ? problemsOf(answer, manifest) : NONE), [answer, manifest]);
}

function problemsOf({ schema, source }: SchemaAnswer, manifest: JsonObject): readonly FormProblem[] {
  return validateBySchema(schema, manifest, { exact: source === 'cluster' }).map(({ path, message, severity }) => ({
    path,
    message,
    severity: severity === 'error' ? 'error' : 'warning',
    source: 'schema',
  }));
}
