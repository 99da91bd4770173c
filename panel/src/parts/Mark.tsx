/** The product's sign. */

interface Props {
  size: number;
}

export function Mark({ size }: Props) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="#1f7a68" />
      <path
        d="M9 9.5h14a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5h-6.200L11.5 25v-3.5H9A2.5 2.5 0 0 1 6.5 19v-7A2.5 2.5 0 0 1 9 9.5z"
        fill="#fff"
      />
      <circle cx="12" cy="15.5" r="1.5" fill="#e07a3f" />
      <circle cx="16" cy="15.5" r="1.5" fill="#14564a" />
      <circle cx="20" cy="15.5" r="1.5" fill="#14564a" />
    </svg>
  );
}
