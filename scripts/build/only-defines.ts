/** Files that only define things: what nobody uses of a feature's index.ts is left out of the page, with its styles. */
export const ONLY_DEFINES = /(?:^|\/)src\/renderer\/(?:components|features|live|stores)\/.*\.tsx?$/;
