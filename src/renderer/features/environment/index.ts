export { ObjectEnvironment } from './ObjectEnvironment.tsx';
