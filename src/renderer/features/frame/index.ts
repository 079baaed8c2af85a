export { Frame } from './Frame.tsx';
export { prepareFrameParts } from './lazy-parts.ts';
