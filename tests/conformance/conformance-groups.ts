import { DISCOVERY } from './cases/discovery.ts';
import { LISTS } from './cases/lists.ts';
import { WATCHES } from './cases/watches.ts';
import { PATCHES } from './cases/patches.ts';
import { WRITES } from './cases/writes.ts';
import { REFUSALS } from './cases/refusals.ts';
import { DEFAULTS } from './cases/defaults.ts';
import { ELIGIBILITY } from './cases/eligibility.ts';
import { ROLLOUTS } from './cases/rollouts.ts';
import { REVISIONS } from './cases/revisions.ts';
import { DELETES } from './cases/deletes.ts';
import { CONFIG_MAPS } from './cases/config-maps.ts';
import { SECRETS } from './cases/secrets.ts';
import { EVENTS, REVIEWS } from './cases/reviews-and-events.ts';
import { LIMITED_USERS } from './cases/limited-users.ts';
import type { ConformanceGroup } from './conformance-case.ts';

/** Every case, in the order in which they run. */
export const CONFORMANCE: readonly ConformanceGroup[] = [
  DISCOVERY,
  LISTS,
  WATCHES,
  PATCHES,
  WRITES,
  REFUSALS,
  DEFAULTS,
  ELIGIBILITY,
  ROLLOUTS,
  REVISIONS,
  DELETES,
  REVIEWS,
  LIMITED_USERS,
  CONFIG_MAPS,
  SECRETS,
  EVENTS,
];
