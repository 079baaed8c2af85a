export { CreatePage } from './CreatePage.tsx';
export type { CreatePageProps } from './CreatePage.tsx';
