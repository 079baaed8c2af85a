// An entry of its own, so that the build makes a worker of it.
import 'monaco-editor/editor/editor.worker.js';
