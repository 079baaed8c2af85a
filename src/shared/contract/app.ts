import { oc, type } from '@orpc/contract';

/** What a host can do beyond the contract; the page hides the rest. */
export type HostCapability = 'openFileDialog';

export interface AppInfo {
  readonly version: string;
  readonly host: 'electron' | 'server';
  readonly platform: string;
  readonly capabilities: readonly HostCapability[];
}

export const appContract = {
  info: oc.output(type<AppInfo>()),
};
