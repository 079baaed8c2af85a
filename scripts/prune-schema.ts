import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject } from '../src/shared/kubernetes/json-fields.ts';
import { pruneOpenApi } from '../src/shared/schema/prune-openapi.ts';
import { root } from './build/parts.ts';

const HELP = `node scripts/prune-schema.ts FILE VERSION

Makes src/core/services/schema/bundled-schema.ts anew: the structure of a DaemonSet for whoever has no cluster at hand.
  FILE      the OpenAPI v3 document of apps/v1. A server's own has the enums, which the file in the k8s.io/kubernetes module
            (api/openapi-spec/v3/apis__apps__v1_openapi.json) lacks:
              kubectl get --raw /openapi/v3/apis/apps/v1 > FILE
  VERSION   the server's gitVersion, as v1.37.2
`;

const DESCRIPTION_LIMIT = 240;

const [file, serverVersion] = process.argv.slice(2);
if (file === undefined || file === '--help' || serverVersion === undefined) {
  process.stdout.write(HELP);
  process.exitCode = file === '--help' ? 0 : 2;
} else {
  const document = asObject(JSON.parse(readFileSync(file, 'utf8')));
  const schema = pruneOpenApi(document, { serverVersion, descriptionLimit: DESCRIPTION_LIMIT });
  if (!schema) throw new Error(`${file} has no DaemonSet of apps/v1`);
  const text = JSON.stringify(schema);
  const literal = `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
  const target = join(root, 'src/core/services/schema/bundled-schema.ts');
  writeFileSync(
    target,
    `/** Made by scripts/prune-schema.ts from Kubernetes ${serverVersion}: an ApiSchema as JSON text. */\n` +
      `export const BUNDLED_SCHEMA =\n  ${literal};\n`,
  );
  process.stdout.write(`${target}: ${Object.keys(schema.types).length} types, ${text.length} characters\n`);
}
