/**
 * The real file behind one of the application's own. Electron reads `app.asar` as if it were a folder, but what a thread or
 * a process starts from is kept beside it (`asarUnpack` in electron-builder.yml), under the same path in
 * `app.asar.unpacked`. Where nothing is packed, nothing changes. electronjs.org docs: tutorial/asar-archives.
 */
export function outsideArchive(file: URL): URL {
  return new URL(file.href.replace(/\/app\.asar\/(?!.*\/app\.asar\/)/, '/app.asar.unpacked/'));
}
