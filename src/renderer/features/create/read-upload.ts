import { MANIFEST_LIMIT_BYTES } from '../../../shared/manifest/manifest-text.ts';

export type Upload = { readonly text: string } | { readonly problem: string };

/** The text of a file, or why it is none that can be created from. */
export async function readUpload(file: File): Promise<Upload> {
  if (file.size > MANIFEST_LIMIT_BYTES) {
    const [size, limit] = [file.size, MANIFEST_LIMIT_BYTES].map((bytes) => (bytes / 1e6).toFixed(1));
    return { problem: `${file.name} has ${size} MB, and the API server takes at most ${limit} MB.` };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) };
  } catch (error) {
    if (error instanceof TypeError) return { problem: `${file.name} is not text in UTF-8.` };
    return { problem: `${file.name} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
