import type { SchemaService } from '../services/schema/cluster-schema.ts';
import { callSignal, os } from './os.ts';

export function schemaHandlers(schemas: SchemaService) {
  return {
    daemonSet: os.schema.daemonSet.handler(({ input, signal, context }) =>
      schemas.daemonSet(input.contextName, callSignal(signal, context)),
    ),
  };
}
