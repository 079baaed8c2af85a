export { DetailPage } from './DetailPage.tsx';
export type { DetailPageProps } from './DetailPage.tsx';
