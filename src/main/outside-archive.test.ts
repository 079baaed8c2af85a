import { expect, it } from 'vitest';
import { outsideArchive } from './outside-archive.ts';

it.each([
  [
    'file:///opt/Everynode/resources/app.asar/out/main/x.js',
    'file:///opt/Everynode/resources/app.asar.unpacked/out/main/x.js',
  ],
  ['file:///C:/a%20b/resources/app.asar/out/main/x.js', 'file:///C:/a%20b/resources/app.asar.unpacked/out/main/x.js'],
  ['file:///home/me/app.asar/resources/app.asar/x.js', 'file:///home/me/app.asar/resources/app.asar.unpacked/x.js'],
  ['file:///opt/app.asar.unpacked/out/main/x.js', 'file:///opt/app.asar.unpacked/out/main/x.js'],
  ['file:///home/me/everynode/out/main/x.js', 'file:///home/me/everynode/out/main/x.js'],
])('starts %s from %s', (file, real) => expect(outsideArchive(new URL(file)).href).toBe(real));
