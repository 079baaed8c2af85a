import { assertNever } from '../assert-never.ts';
import { type JsonObject, isJsonObject } from '../json.ts';
import { invalidValue } from '../validation/field-error.ts';
import { has, objectAt, textAt } from '../validation/read.ts';
import { type DemoUser, denialOf, grantsOf, isAllowed } from './authorizer.ts';
import { parseJson, readBody } from './body.ts';
import { type Answer, type ApiRequest, type ReviewName, json } from './request.ts';
import type { RequestInfo } from './request-info.ts';
import { badRequest, invalid, methodNotAllowed } from './status-error.ts';

function statusOf(review: ReviewName, user: DemoUser, spec: JsonObject): JsonObject {
  switch (review) {
    case 'selfsubjectaccessreviews': {
      const info = infoOf(spec);
      const denial = denialOf(user, info);
      return denial === undefined
        ? { allowed: isAllowed(user, info) }
        : { allowed: false, denied: true, reason: denial.reason };
    }
    case 'selfsubjectrulesreviews': {
      const grants = grantsOf(user, textAt(spec, 'namespace'));
      const resourceRules = grants.flatMap(({ rules }) => rules.map((rule): JsonObject => ({ ...rule })));
      const nonResourceRules = grants.flatMap(({ paths = [] }) => paths.map((rule): JsonObject => ({ ...rule })));
      // Of what is denied no rule can tell (apiserver plugin/pkg/authorizer/webhook/webhook.go, 0.37).
      const evaluationError = 'webhook authorizer does not support user rule resolution';
      const isWhole = (user.denials ?? []).length === 0;
      return { resourceRules, nonResourceRules, incomplete: !isWhole, ...(isWhole ? {} : { evaluationError }) };
    }
    case 'selfsubjectreviews':
      return { userInfo: { username: user.username, groups: user.groups } };
    default:
      return assertNever(review);
  }
}

function infoOf(spec: JsonObject): RequestInfo {
  const path = objectAt(spec, 'nonResourceAttributes');
  if (path !== undefined) return { kind: 'path', verb: textAt(path, 'verb'), path: textAt(path, 'path') };
  const attributes = objectAt(spec, 'resourceAttributes') ?? {};
  return {
    kind: 'resource',
    verb: textAt(attributes, 'verb'),
    group: textAt(attributes, 'group'),
    resource: textAt(attributes, 'resource'),
    subresource: textAt(attributes, 'subresource'),
    namespace: textAt(attributes, 'namespace'),
    name: textAt(attributes, 'name'),
  };
}

function checkSpec(review: ReviewName, spec: JsonObject): void {
  if (review === 'selfsubjectrulesreviews' && textAt(spec, 'namespace') === '')
    throw badRequest('no namespace on request');
  if (review !== 'selfsubjectaccessreviews') return;
  if (has(spec, 'resourceAttributes') !== has(spec, 'nonResourceAttributes')) return;
  const rule = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  throw invalid('', 'authorization.k8s.io', '', [invalidValue('spec', null, rule)]);
}

/** Answers a review of the user who asks; its object comes back with a status and is kept nowhere. */
export async function answerReview(request: ApiRequest, review: ReviewName): Promise<Answer> {
  if (request.method !== 'POST') throw methodNotAllowed();
  const body = parseJson(await readBody(request.message), 'the review cannot be read');
  const object = isJsonObject(body) ? body : {};
  const spec = objectAt(object, 'spec') ?? {};
  checkSpec(review, spec);
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const status = statusOf(review, request.user, spec);
  return json(201, { ...object, metadata: { ...metadata, creationTimestamp: null }, status });
}
