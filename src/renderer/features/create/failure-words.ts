import type { AppErrorData } from '../../../shared/errors/app-error.ts';

export interface FailureWords {
  readonly title: string;
  /** What the user can do now. */
  readonly next?: string;
  readonly showsList: boolean;
}

/** What a failure means for the user's text, which is still here in every case. */
export function failureWords({ reason, ref }: AppErrorData, during: 'check' | 'create'): FailureWords {
  const what = ref ? `${ref.namespace}/${ref.name}` : 'the DaemonSet';
  switch (reason) {
    case 'AlreadyExists':
      return {
        title: `${capital(what)} exists already`,
        next: 'Nothing was changed. Choose another name.',
        showsList: false,
      };
    case 'OutcomeUnknown':
      return {
        title: `It is not known whether ${what} was created`,
        next: 'The reply was lost. Look whether it is there before you create it again.',
        showsList: true,
      };
    case 'ManifestSyntax':
      return { title: 'The YAML cannot be read', showsList: false };
    case 'Invalid':
      return { title: 'The server refuses these values', showsList: false };
    default:
      return {
        title: during === 'check' ? 'It could not be checked' : `${capital(what)} was not created`,
        showsList: false,
      };
  }
}

function capital(words: string): string {
  return words.startsWith('the ') ? `T${words.slice(1)}` : words;
}
