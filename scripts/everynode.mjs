#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runFile, runScript } from './launch/run-script.mjs';

// In a checkout the sources are built when stale; an installed package has only what was built.
const args = process.argv.slice(2);
process.exitCode = existsSync(join(root, 'src', 'main'))
  ? await runScript('start', args)
  : await runFile([join(root, 'out', 'main', 'everynode.js')], args);
