export { PodPage } from './PodPage.tsx';
