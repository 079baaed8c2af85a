import { writeFile } from 'node:fs/promises';
import { ANSWERS_FILE, askForAnswers } from './go-answers.ts';
import { GoYaml } from './go-yaml.ts';

/* Asks Go again and writes the record that the tests use where Go is absent: node tests/manifest/record-go-answers.ts */

const log = (line: string): void => void process.stderr.write(`${line}\n`);
const answers = askForAnswers(await GoYaml.build(log));
const lines = (pairs: readonly unknown[]): string => pairs.map((pair) => `    ${JSON.stringify(pair)}`).join(',\n');
const { module, scalars, texts, files } = answers;
const parts = Object.entries({ scalars, texts, files }).map(([name, pairs]) => `  "${name}": [\n${lines(pairs)}\n  ]`);
await writeFile(ANSWERS_FILE, `{\n  "module": ${JSON.stringify(module)},\n${parts.join(',\n')}\n}\n`);
log(`${scalars.length} scalars, ${texts.length} texts and ${files.length} files recorded`);
