/** What is shown of the one text: its form, its YAML, or both beside each other. */
export type ShownSides = 'form' | 'yaml' | 'both';
