/** A bell; full while it watches. */
export function WatchIcon({ isOn }: { readonly isOn: boolean }) {
  return (
    <svg
      width="15"
      height="15"
      viewBox="0 0 15 15"
      aria-hidden="true"
      fill={isOn ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M2.6 11h9.8c-1-1.1-1.3-2.2-1.3-4.6a3.6 3.6 0 0 0-7.2 0C3.9 8.8 3.6 9.9 2.6 11z" />
      <path d="M6.2 12.9c.7.7 1.9.7 2.6 0" fill="none" />
    </svg>
  );
}
