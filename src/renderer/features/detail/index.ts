export { DetailPage } from './DetailPage.tsx';
export type { DetailPageProps } from './DetailPage.tsx';
export { ContainerCard } from './ContainerCard.tsx';
export { podStatusWords, podTone } from './pod-status.ts';
export { podRevisions } from './revision-names.ts';
export { containerOptions, firstContainer } from './log-target.ts';
