export { GroupPicker } from './GroupPicker.tsx';
export { groupName, groupWords, ZONE_LABEL } from './node-groups.ts';
export { STATE_VIEW } from './node-looks.ts';
export { NodeMap } from './NodeMap.tsx';
