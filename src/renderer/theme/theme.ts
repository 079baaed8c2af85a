import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from '@mantine/core';

/** Shades of the accent; 7 is the light scheme's, 3 the dark one's. */
const accent: MantineColorsTuple = [
  '#edf1ff',
  '#dde4ff',
  '#bcc9ff',
  '#91a7ff',
  '#748ffc',
  '#5c7cfa',
  '#4c6ef5',
  '#3b5bdb',
  '#314cc0',
  '#283e9d',
];

/** Mantine's greys of the dark scheme, in the tint of tokens.css. */
const dark: MantineColorsTuple = [
  '#e7e9ee',
  '#b9bfca',
  '#979fad',
  '#5a6270',
  '#454d5a',
  '#2a303a',
  '#1f242c',
  '#1b1f26',
  '#14171b',
  '#101317',
];

const SANS = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
const MONO = "ui-monospace, SFMono-Regular, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** Compact sizes for a desktop tool. Colours are in tokens.css; here Mantine is told to use them. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  colors: { accent, dark },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.1875rem' },
  headings: { fontFamily: SANS, fontWeight: '650' },
  spacing: { xs: '0.375rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 'sm', variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', transitionProps: { duration: 0 } } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 80 }, closeButtonProps: { 'aria-label': 'Close' } },
    },
    Tooltip: { defaultProps: { openDelay: 250, multiline: true, maw: 360, transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } },
    Loader: { defaultProps: { size: 'sm' } },
  },
});

const COLORS = {
  '--mantine-color-body': 'var(--ev-page)',
  '--mantine-color-text': 'var(--ev-text)',
  '--mantine-color-dimmed': 'var(--ev-text-muted)',
  '--mantine-color-placeholder': 'var(--ev-text-muted)',
  '--mantine-color-default': 'var(--ev-surface)',
  '--mantine-color-default-hover': 'var(--ev-hover)',
  '--mantine-color-default-color': 'var(--ev-text)',
  '--mantine-color-default-border': 'var(--ev-field-border)',
  '--mantine-color-error': 'var(--ev-bad-text)',
  '--mantine-primary-color-filled': 'var(--ev-accent)',
  '--mantine-primary-color-filled-hover': 'var(--ev-accent-hover)',
  '--mantine-color-anchor': 'var(--ev-accent-text)',
  '--mantine-shadow-md': 'var(--ev-shadow-raised)',
};

/** Points Mantine's own colours at tokens.css, which changes with the scheme by itself. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: COLORS, dark: COLORS });
