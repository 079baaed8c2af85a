const REGISTRY = /^(localhost|[^/]*[.:][^/]*)\//;

/** An image without its registry's host, for a narrow column: "cilium/cilium:v1.18.1". The whole name stands on hover. */
export function shortImage(image: string): string {
  return image.replace(REGISTRY, '').replace(/@sha256:([0-9a-f]{8})[0-9a-f]*$/, '@$1');
}

/** The first image, and how many other ones: "csi-node:2.7.1 +1". The same image in two containers counts once. */
export function imageWords(images: readonly string[]): string {
  const [first, ...others] = new Set(images.map(shortImage));
  if (first === undefined) return '';
  return others.length === 0 ? first : `${first} +${others.length}`;
}
