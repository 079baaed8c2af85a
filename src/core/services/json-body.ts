import { AppError } from '../../shared/errors/app-error.ts';
import { asObject, type JsonObject } from '../../shared/kubernetes/json-fields.ts';

/**
 * The JSON object of an answer. The parser's own message quotes what it read, which may be a Secret's value: it goes nowhere.
 *
 * @throws AppError InternalError
 */
export function jsonBody({ body }: { readonly body: Uint8Array }, contextName: string): JsonObject {
  try {
    return asObject(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    throw new AppError({ reason: 'InternalError', message: 'The API server answered with no JSON.', contextName });
  }
}
