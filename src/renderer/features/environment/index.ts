export { EnvironmentView } from './EnvironmentView.tsx';
