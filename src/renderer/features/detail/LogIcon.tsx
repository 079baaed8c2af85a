/** Lines of text. */
export function LogIcon() {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    >
      <rect x="1.7" y="1.7" width="10.6" height="10.6" rx="1.6" />
      <path d="M4.2 5h5.6M4.2 7.2h5.6M4.2 9.4h3.4" strokeLinecap="round" />
    </svg>
  );
}
