export { ObjectYaml } from './ObjectYaml.tsx';
