/** A person's initials in a disc. */

export function Avatar({ name, small }: { name: string; small?: boolean }) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
  return (
    <span class={small ? "avatar avatar-small" : "avatar"} aria-hidden="true">
      {initials}
    </span>
  );
}
