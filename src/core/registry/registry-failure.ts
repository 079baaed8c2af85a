/** Why a registry gives no answer: one line for the user, with no credential in it. */
export class RegistryFailure extends Error {
  override readonly name = 'RegistryFailure';
  /** `unreachable`: no answer at all; `denied`: 401 or 403, so that another login may do. */
  readonly kind: 'unreachable' | 'denied' | 'refused';

  constructor(message: string, kind: 'unreachable' | 'denied' | 'refused', options?: { readonly cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** A login would go to another host than the registry: the user is asked first. */
export class RealmNeedsApproval extends Error {
  override readonly name = 'RealmNeedsApproval';
  /** Origin: "https://auth.example.com". */
  readonly realm: string;

  constructor(realm: string) {
    super(`a login would be sent to ${realm}`);
    this.realm = realm;
  }
}
