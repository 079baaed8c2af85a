import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './PageTabs.module.css';

export interface PageTabsProps {
  /** In their order. */
  readonly tabs: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (value: string | null) => void;
  /** Of each panel, beside what all have. */
  readonly panelClass?: string | undefined;
  /** The panel of the tab `value`. */
  readonly children: ReactNode;
}

/** The tabs of an object's page; the panel may be loaded when it is first shown. */
export function PageTabs({ tabs, value, onChange, panelClass = '', children }: PageTabsProps) {
  return (
    <Tabs value={value} onChange={onChange} className={classes.tabs} keepMounted={false}>
      <Tabs.List>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={value} className={`${classes.panel} ${panelClass}`}>
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
