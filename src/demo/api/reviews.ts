import { assertNever } from '../assert-never.ts';
import { type JsonObject, isJsonObject } from '../json.ts';
import { invalidValue } from '../validation/field-error.ts';
import { has, objectAt, textAt } from '../validation/read.ts';
import { parseJson, readBody } from './body.ts';
import { type Answer, type ApiRequest, type ReviewName, json } from './request.ts';
import { badRequest, invalid, methodNotAllowed } from './status-error.ts';

/** The one user: whoever has the token may do everything. */
const USER = { username: 'demo-admin', groups: ['system:masters', 'system:authenticated'] };

function statusOf(review: ReviewName): JsonObject {
  switch (review) {
    case 'selfsubjectaccessreviews':
      return { allowed: true };
    case 'selfsubjectrulesreviews':
      return {
        incomplete: false,
        resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
        nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
      };
    case 'selfsubjectreviews':
      return { userInfo: USER };
    default:
      return assertNever(review);
  }
}

function checkSpec(review: ReviewName, spec: JsonObject): void {
  if (review === 'selfsubjectrulesreviews' && textAt(spec, 'namespace') === '')
    throw badRequest('no namespace on request');
  if (review !== 'selfsubjectaccessreviews') return;
  if (has(spec, 'resourceAttributes') !== has(spec, 'nonResourceAttributes')) return;
  const rule = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  throw invalid('', 'authorization.k8s.io', '', [invalidValue('spec', null, rule)]);
}

/** Answers a review as for an administrator; its object comes back with a status and is kept nowhere. */
export async function answerReview(request: ApiRequest, review: ReviewName): Promise<Answer> {
  if (request.method !== 'POST') throw methodNotAllowed();
  const body = parseJson(await readBody(request.message), 'the review cannot be read');
  const object = isJsonObject(body) ? body : {};
  checkSpec(review, objectAt(object, 'spec') ?? {});
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  return json(201, { ...object, metadata: { ...metadata, creationTimestamp: null }, status: statusOf(review) });
}
