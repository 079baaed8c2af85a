import { assertNever } from '../assert-never.ts';
import { type JsonObject, isJsonObject } from '../json.ts';
import { parseJson, readBody } from './body.ts';
import { type Answer, type ApiRequest, type ReviewName, json } from './request.ts';
import { methodNotAllowed } from './status-error.ts';

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

/** Answers a review as for an administrator; its object comes back with a status and is kept nowhere. */
export async function answerReview(request: ApiRequest, review: ReviewName): Promise<Answer> {
  if (request.method !== 'POST') throw methodNotAllowed();
  const body = parseJson(await readBody(request.message), 'the review cannot be read');
  const object = isJsonObject(body) ? body : {};
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  return json(201, { ...object, metadata: { ...metadata, creationTimestamp: null }, status: statusOf(review) });
}
