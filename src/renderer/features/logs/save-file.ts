/** Hands a file to the browser's own download. */
export function saveFile(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser takes the content after the click: the address must live a little longer.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
