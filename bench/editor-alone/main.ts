import { ManifestEditorView } from '../../src/renderer/monaco/manifest-editor-view.ts';

const element = document.getElementById('editor');
if (element === null) throw new Error('the page has no place for the editor');
const response = await fetch('/typed.yaml');
const view = new ManifestEditorView(element, {
  value: await response.text(),
  ariaLabel: 'DaemonSet YAML',
  readOnly: false,
  theme: 'everynode-light',
  onChange: () => undefined,
});
view.focus();
document.documentElement.dataset['ready'] = '';
